"""The file formats behind api.sheet: each turns bytes into rows as they stand in the file, and back."""

import re
from dataclasses import dataclass

MAX_COLUMNS = 200

_LINE_BREAK = re.compile(r"\r\n?")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is the line in the file as a person counts; ``problem`` says why the row is no ticket, None if it is.

    A row in a CSV with line breaks in its cells has the number of its first line.
    """

    number: int
    cells: tuple[str, ...]
    problem: str | None = None


def printable(cell: str) -> str:
    """The cell without the characters that XML cannot hold, and with line breaks as Excel keeps them."""
    return _ILLEGAL.sub("", _LINE_BREAK.sub("\n", cell))
