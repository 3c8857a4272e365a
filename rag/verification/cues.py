"""Words that decide whether a sentence goes further than its sources, from rag/data/verification.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "verification.toml"


@dataclass(frozen=True, slots=True)
class Cues:
    """See the file: what each list is for stands there."""

    no_figures: tuple[str, ...]
    bodies: re.Pattern[str]
    lead_after: re.Pattern[str]
    lead_before: re.Pattern[str]
    cooperating_after: re.Pattern[str]
    cooperating_before: re.Pattern[str]
    contact: re.Pattern[str]
    reach: re.Pattern[str]
    markup: re.Pattern[str]
    echo: re.Pattern[str]
    strong: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    hedges: tuple[str, ...]
    negations: re.Pattern[str]
    opposites: tuple[tuple[str, str], ...]
    frame: tuple[str, ...]
    levels: tuple[str, ...]
    markers: tuple[str, ...]
    conjoined: tuple[str, ...]
    conditional: tuple[str, ...]
    conditional_clause: tuple[str, ...]
    conditional_end: tuple[str, ...]


@cache
def cues() -> Cues:
    """The words in force."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    patterns = {name: re.compile("|".join(found)) for name, found in data["patterns"].items()}
    return Cues(
        no_figures=_longest_first(data["no_figures"]),
        strong=tuple((tuple(each["said"]), tuple(each.get("printed", ()))) for each in data["strong"]),
        hedges=_longest_first(data["hedges"]),
        opposites=tuple((one, other) for one, other in data["opposites"]),
        levels=_longest_first(data["levels"]),
        frame=_longest_first(data["frame"]),
        markers=tuple(data["markers"]),
        conjoined=tuple(data["conjoined"]),
        conditional=tuple(data["conditional"]),
        conditional_clause=tuple(data["conditional_clause"]),
        conditional_end=tuple(data["conditional_end"]),
        **patterns,
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
