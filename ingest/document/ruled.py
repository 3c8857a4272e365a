"""Tables of a PDF, by their ruling lines, put together again where a page broke them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import TableFinder

from ingest.document.flow import Flow
from ingest.document.frame import Frame, frame_of
from ingest.document.page import Char, Page
from ingest.document.printed import lines_of
from ingest.document.row import PADDING, SAME_EDGE, Cell, Row, begins_with, goes_on_in

_FEWEST = 2
"""One cell is a box around a text."""


@dataclass(slots=True)
class RuledTable:
    """A table, or as much of it as is on one page."""

    page: int
    top: float
    left: float
    right: float
    rows: list[Row]

    def continues(self, before: "RuledTable") -> bool:
        """Whether this is how a table of the page before goes on."""
        return abs(self.left - before.left) < SAME_EDGE and abs(self.right - before.right) < SAME_EDGE

    def take(self, more: "RuledTable") -> None:
        """Add the rows of the next page: a repeated heading is dropped, a row that the page broke is joined."""
        rows = list(more.rows)
        for heading in self.rows:
            if not rows or not begins_with(rows[0], heading):
                break
            # Below a repeated heading the ruling line may be missing: the row goes on in its cells.
            for cell, above in zip(rows[0], heading, strict=True):
                cell.lines = cell.lines[len(above.lines) :]
            if any(cell.lines for cell in rows[0]):
                break
            rows.pop(0)
        if rows and goes_on_in(self.rows[-1], rows[0]):
            for cell, rest in zip(self.rows[-1], rows.pop(0), strict=True):
                cell.lines += rest.lines
        self.rows += rows
        self.page = more.page

    def write(self, flow: Flow) -> None:
        """Write the table, one paragraph of a cell a line."""
        starts = _distinct(cell.left for row in self.rows for cell in row)
        frames = {at: self._frame(start) for at, start in enumerate(starts)}
        flow.open_table()
        for row in self.rows:
            flow.open_row()
            at = 0
            for cell in sorted(row, key=lambda cell: cell.left):
                begin = _place(starts, cell.left)
                for _ in range(at, begin):
                    flow.open_cell()
                at = max(begin + 1, sum(start < cell.right - SAME_EDGE for start in starts))
                flow.open_cell(at - begin)
                frame = frames[begin] if at == begin + 1 else None
                for text in cell.paragraphs(frame):
                    flow.add_line(text)
        flow.close_table()

    def _frame(self, start: float) -> Frame | None:
        """The frame of the cells of one column."""
        cells = [cell for row in self.rows for cell in row if abs(cell.left - start) < SAME_EDGE and cell.lines]
        narrowest = min((cell.right for cell in cells), default=0.0)
        lines = [line for cell in cells if cell.right < narrowest + SAME_EDGE for line in cell.lines]
        if not lines:
            return None
        padding = min(PADDING, max(0.0, min(line.left for line in lines) - start))
        return frame_of(lines, narrowest - padding)


def tables_of(page: Page) -> tuple[list[RuledTable], list[Char]]:
    """The ruled tables of a page, and the characters that are in none of their cells."""
    uprights = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not uprights:
        return [], page.chars
    # A page that breaks a row often leaves its cells open: they are closed where the upright lines end.
    ends = [most(edge[side] for edge in uprights) for most, side in ((min, "top"), (max, "bottom"))]
    tables = []
    rest = page.chars
    # It asks a page for nothing but its edges and its box.
    finder: Any = TableFinder
    for found in finder(page, {"explicit_horizontal_lines": ends}).tables:
        if len(found.cells) < _FEWEST:
            continue
        left, top, right, _ = found.bbox
        inside, rest = _parted(rest, found.bbox)
        rows: list[Row] = []
        for row in found.rows:
            rows.append([])
            for box in filter(None, row.cells):
                own, inside = _parted(inside, box)
                rows[-1].append(Cell(box[0], box[2], lines_of(own, page.number)))
        rest += inside
        tables.append(RuledTable(page.number, top, left, right, rows))
    return [table for table in tables if any(cell.lines for row in table.rows for cell in row)], rest


def _parted(chars: Sequence[Char], box: Sequence[float]) -> tuple[list[Char], list[Char]]:
    """The characters in the box, and the others."""
    parted: tuple[list[Char], list[Char]] = ([], [])
    for char in chars:
        inside = box[0] <= (char.left + char.right) / 2 < box[2] and box[1] <= char.middle < box[3]
        parted[not inside].append(char)
    return parted


def _distinct(places: Iterator[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > SAME_EDGE:
            found.append(place)
    return found


def _place(starts: Sequence[float], left: float) -> int:
    return min(range(len(starts)), key=lambda at: abs(starts[at] - left))
