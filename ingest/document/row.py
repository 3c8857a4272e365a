"""Rows of a table that a page may have broken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document.frame import Frame, frame_of, paragraphs
from ingest.document.printed import PrintedLine

SAME_EDGE = 4.0
"""Lines of a table that are no further apart, in points, are one."""
PADDING = 6.0
"""The room between the edge of a cell and its text, in points, at most."""

_NUMBERED = re.compile(r"[(（]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})★?(?:[、.．)）]|$)")
_SENTENCE_END = ("。", "。”", "。）", "。)", "；")


@dataclass(slots=True)
class Cell:
    """A cell with its edges in points and the lines in it."""

    left: float
    right: float
    lines: list[PrintedLine]

    @property
    def frame(self) -> Frame:
        """Where its own lines show that text begins and ends in it."""
        padding = min(PADDING, max(0.0, min(line.left for line in self.lines) - self.left))
        return frame_of(self.lines, self.right - padding)

    @property
    def text(self) -> str:
        """What stands in it, without regard to lines."""
        return "".join(line.text for line in self.lines)

    def paragraphs(self, frame: Frame | None) -> Iterator[str]:
        """What stands in it, by the frame of its column or, without one, its own."""
        if self.lines:
            frame = frame or self.frame
            yield from paragraphs((line, frame) for line in self.lines)


Row = list[Cell]


def begins_with(row: Row, heading: Row) -> bool:
    """Whether the cells of a row begin with the lines of a heading, as they do where that is repeated."""
    if len(row) != len(heading) or not any(cell.lines for cell in heading):
        return False
    return all(
        [line.text for line in cell.lines[: len(above.lines)]] == [line.text for line in above.lines]
        for cell, above in zip(row, heading, strict=True)
    )


def goes_on_in(last: Row, row: Row) -> bool:
    """Whether ``row``, the first one of a page, is the rest of the last one of the page before."""
    if [round(cell.left / SAME_EDGE) for cell in last] != [round(cell.left / SAME_EDGE) for cell in row]:
        return False
    if _NUMBERED.match(next((cell.text for cell in row if cell.text), "")):
        return False
    pairs = list(zip(last, row, strict=True))
    if any(above.text and not below.text for above, below in pairs[1:]):
        return True
    return any(
        above.lines
        and below.lines
        and not above.text.endswith(_SENTENCE_END)
        and not above.frame.ends_early(above.lines[-1], below.lines[0])
        for above, below in pairs
    )
