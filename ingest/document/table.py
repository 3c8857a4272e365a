"""Tables of a document: what stands in which cell, beside the lines that the cells are read as."""

from dataclasses import dataclass, field

from ingest.document.limits import MAX_CELLS, MAX_COLUMNS, too_large

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table of at least two columns and two rows, without another table in it.

    Its cells are also the document's lines ``first_line`` to ``last_line`` (1-based, both included): one paragraph of
    a cell a line, row by row. In ``rows`` the paragraphs of a cell are parted by line ends; all rows are equally long,
    and what is merged holds its text once, in its first cell, the others being empty.
    """

    first_line: int
    last_line: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class TableBuilder:
    """A table while it is read. ``holds_table``: it is there for the layout of the page."""

    first_line: int
    holds_table: bool = False
    _rows: list[list[str]] = field(default_factory=list)
    _reaching_down: dict[int, int] = field(default_factory=dict)
    _cells: int = 0

    def open_row(self) -> None:
        """Begin the next row."""
        self._rows.append([])

    def add_cell(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Add a cell of the current row that goes over so many columns and rows."""
        if not self._rows:
            self.open_row()
        self._fill()
        row = self._rows[-1]
        for _ in range(max(1, min(columns, MAX_COLUMNS))):
            if rows > 1:
                self._reaching_down[len(row)] = rows - 1
            self._append(text)
            text = ""

    def close_row(self) -> None:
        """End the current row."""
        if self._rows:
            self._fill()

    def built(self, last_line: int) -> Table | None:
        """The table, if it is one: None for one that only lays out a page."""
        rows = [row for row in self._rows if any(row)]
        tabular = [row for row in rows if sum(map(bool, row)) >= _FEWEST]
        if self.holds_table or len(rows) < _FEWEST or not tabular:
            return None
        width = max(map(len, rows))
        return Table(self.first_line, last_line, tuple((*row, *[""] * (width - len(row))) for row in rows))

    def _fill(self) -> None:
        """Leave the cells empty that a cell above reaches down to."""
        row = self._rows[-1]
        while left := self._reaching_down.get(len(row)):
            self._reaching_down[len(row)] = left - 1
            self._append("")

    def _append(self, text: str) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS or len(self._rows[-1]) >= MAX_COLUMNS:
            raise too_large(f"表格超过{MAX_CELLS}格或{MAX_COLUMNS}栏")
        self._rows[-1].append(text)
