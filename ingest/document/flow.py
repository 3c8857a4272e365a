"""A document while it is read: text flows in, lines and tables come out."""

from ingest.document.limits import MAX_CHARACTERS, MAX_LINES, too_large
from ingest.document.lines import Document, document_from_text
from ingest.document.table import Table, TableBuilder

# What would end a line where none ends becomes a space; what has no width vanishes.
_CLEAN: dict[int, str | None] = {ord(char): " " for char in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\xa0"}
_CLEAN |= dict.fromkeys(map(ord, "\0\xad\u200b\u200c\u200d\u2060\ufeff"))


class Flow:
    """Takes the text of a document from its beginning to its end. Raises DocumentRefused beyond the limits."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._characters = 0
        self._open: list[TableBuilder] = []
        self._cell_starts: list[int | None] = []
        self._spans: list[tuple[int, int]] = []
        self._tables: list[Table] = []

    def add_line(self, text: str) -> None:
        """Add a line; a blank one is none."""
        # Half a character, as damaged files have them, cannot be written to any file.
        clean = text.translate(_CLEAN).encode("utf-8", "ignore").decode("utf-8").strip()
        if not clean:
            return
        self._characters += len(clean)
        if self._characters > MAX_CHARACTERS or len(self._lines) >= MAX_LINES:
            raise too_large(f"正文超过{MAX_CHARACTERS}字或{MAX_LINES}行")
        self._lines.append(clean)

    def open_table(self) -> None:
        """Begin a table; the one around it is then for layout."""
        if self._open:
            self._open[-1].holds_table = True
        self._open.append(TableBuilder(len(self._lines) + 1))
        self._cell_starts.append(None)
        self._spans.append((1, 1))

    def open_row(self) -> None:
        """Begin a row of the innermost table."""
        self.close_row()
        if self._open:
            self._open[-1].open_row()

    def open_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Begin a cell of the current row, over so many columns and rows."""
        self.close_cell()
        if self._open:
            self._cell_starts[-1] = len(self._lines)
            self._spans[-1] = (columns, rows)

    def span(self, columns: int) -> None:
        """Let the current cell go over so many columns."""
        if self._open:
            self._spans[-1] = (columns, self._spans[-1][1])

    def close_cell(self) -> None:
        """End the current cell, if one is open."""
        if not self._open or (start := self._cell_starts[-1]) is None:
            return
        if not self._open[-1].holds_table:
            self._open[-1].add_cell("\n".join(self._lines[start:]), *self._spans[-1])
        self._cell_starts[-1] = None

    def close_row(self) -> None:
        """End the current row, if one is open."""
        self.close_cell()
        if self._open:
            self._open[-1].close_row()

    def close_table(self) -> None:
        """End the innermost table, if one is open."""
        self.close_row()
        if not self._open:
            return
        table = self._open.pop().built(len(self._lines))
        self._cell_starts.pop()
        self._spans.pop()
        if table:
            self._tables.append(table)

    def document(self) -> Document:
        """Everything that was read, one line each."""
        while self._open:
            self.close_table()
        read = document_from_text("".join(f"{line}\n" for line in self._lines))
        return Document(read.text, read.lines, tuple(self._tables))
