"""Lines as they are printed on a page: what stands side by side, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.document.page import Char

OPENING = "“‘（《〈【〔「『(["
CLOSING = "、，。；：！？）》〉】〕」』”’…,.;:!?)]%"
_SAME_LINE = 0.5
_SAME_PLACE = 0.2
_SPACE = 0.2
_ROOM = 0.45


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with its place on the page in points from the upper left corner.

    ``first_width`` is the width of its first word or character with the punctuation that cannot be parted from it:
    what would have had to fit on the line above, had that not been full.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first_width: float
    hung: float
    """Where it ends without the punctuation at its end, which may stand beyond the margin."""

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


def lines_of(chars: Iterable[Char], page: int) -> list[PrintedLine]:
    """The lines that the characters of a page make up, from top to bottom."""
    lines: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=attrgetter("middle")):
        if not lines or char.middle - middle > _SAME_LINE * char.size:
            lines.append([])
            middle = char.middle
        lines[-1].append(char)
    found = (_line(sorted(line, key=attrgetter("left")), page) for line in lines)
    return [line for line in found if line]


def _line(chars: Sequence[Char], page: int) -> PrintedLine | None:
    visible = [char for char in chars if char.text.strip()]
    if not visible:
        return None
    gaps = sorted(char.left - last.right for last, char in pairwise(visible))
    usual = max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0
    text = ""
    last = visible[0]
    for char in chars:
        # Bold print is sometimes made by printing twice.
        if char is not last and char.text == last.text and char.left - last.left < _SAME_PLACE * char.size:
            continue
        # Next to figures and Latin letters, word processors leave some room without a space.
        alike = text[-1:].isascii() == char.text.isascii()
        space = usual + (_SPACE if alike else _ROOM) * char.size
        if text and not text[-1].isspace() and not char.text.isspace() and char.left - last.right > space:
            text += " "
        text += char.text
        last = char
    sizes = sorted(char.size for char in visible)
    return PrintedLine(
        text.strip(),
        page,
        visible[0].left,
        visible[-1].right,
        min(char.top for char in visible),
        max(char.bottom for char in visible),
        sizes[len(sizes) // 2],
        _first_width(visible),
        next((char.right for char in reversed(visible) if char.text not in CLOSING), visible[-1].right),
    )


def _first_width(chars: Sequence[Char]) -> float:
    at = 0
    while at < len(chars) - 1 and chars[at].text in OPENING:
        at += 1
    while at < len(chars) - 1 and all(_is_word(chars[each].text) for each in (at, at + 1)):
        at += 1
    while at < len(chars) - 1 and chars[at + 1].text in CLOSING:
        at += 1
    return chars[at].right - chars[0].left


def _is_word(text: str) -> bool:
    return text.isascii() and not text.isspace() and text not in OPENING
