"""A document as text with line numbers and character offsets, so that everything read from it can be traced back."""

from dataclasses import dataclass

from ingest.document.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line. ``start`` and ``end`` are character offsets of ``text`` (stripped) in the document."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a notice as it was extracted, its non-blank lines in order, and the tables among them."""

    text: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()


def document_from_text(text: str) -> Document:
    """Split ``text`` into its non-blank lines, each with its 1-based number and offsets."""
    lines = []
    start = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            lines.append(Line(number, begin, begin + len(stripped), stripped))
        start += len(raw)
    return Document(text, tuple(lines))
