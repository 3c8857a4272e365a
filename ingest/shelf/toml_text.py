"""Writing the values of a TOML file that people read: text, numbers, dates, yes or no, lists of texts."""

import json
from collections.abc import Sequence
from datetime import date

TomlValue = str | int | date | Sequence[str]


def toml_value(value: TomlValue) -> str:
    """The value as TOML has it, on one line; a bool is an int here as in Python."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, str):
        # JSON escapes what TOML wants escaped, but for the delete character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(map(toml_value, value))}]"
