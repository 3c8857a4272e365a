"""The names that settings go by in the environment, and what to say of a name that no setting has."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

PREFIX = "POLICYQA_"
CONFIG = "POLICYQA_CONFIG"
"""Names the TOML file where that is not policyqa.toml in the working directory."""


def unknown_variables(environment: Mapping[str, str], names: Collection[str]) -> Iterator[str]:
    """A problem for each variable that begins as a setting's does and is none; pydantic would pass over it."""
    known = {name.upper() for name in names} | {CONFIG.removeprefix(PREFIX)}
    for variable in sorted(environment):
        name = variable.upper().removeprefix(PREFIX)
        if variable.upper().startswith(PREFIX) and name not in known:
            yield f"{variable}: {unknown(name, known, PREFIX)}"


def unknown(name: str, known: Collection[str], prefix: str = "") -> str:
    """That there is no such setting, and the one that may have been meant."""
    meant = get_close_matches(name, sorted(known), n=1)
    return f"没有这个设置,是不是 {prefix}{meant[0]}" if meant else "没有这个设置"
