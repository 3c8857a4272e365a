"""A notice as paragraphs and tables again, to be written as a web page, a Word file or a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.document import document_from_text
from ingest.outline import read_annex_number, read_heading

Place = Literal["title", "body", "left", "right"]
Cell = tuple[str, ...]

_SITE_FOOTER = "分享:"
_SIGNED = ("办公室", "委员会", "人民政府", "日")


@dataclass(frozen=True)
class Text:
    """A paragraph: titles stand in the middle of the line, issuer and date at its right end."""

    text: str
    place: Place = "body"


@dataclass(frozen=True)
class Grid:
    """A table of cells of paragraphs. A row of one cell goes over all columns."""

    columns: int
    rows: tuple[tuple[Cell, ...], ...]


def blocks_of(text: str) -> list[Text | Grid]:
    """The paragraphs of a notice; what stands one cell a line in its annexes becomes a table again."""
    lines = [line.text for line in document_from_text(text).lines if line.text != _SITE_FOOTER]
    title = max((line for line in lines[1:30] if line in lines[0].replace(" ", "")), key=len, default="")
    starts = [at for at, line in enumerate(lines) if read_annex_number(line) is not None]
    blocks: list[Text | Grid] = [
        Text(line, _place(line, title) if at else "title") for at, line in enumerate(lines[: (*starts, len(lines))[0]])
    ]
    for start, end in zip(starts, (*starts[1:], len(lines)), strict=False):
        blocks += _annex(lines[start:end])
    return blocks


def _place(line: str, title: str) -> Place:
    if line == title:
        return "title"
    return "right" if len(line) < 22 and line.endswith(_SIGNED) else "body"


def _annex(lines: Sequence[str]) -> Iterator[Text | Grid]:
    yield Text(lines[0], "left")
    yield Text(lines[1], "title")
    note = [line for line in lines[2:3] if line.startswith("(")]
    yield from map(Text, note)
    cells = lines[2 + len(note) :]
    first = next(at for at, line in enumerate(cells) if read_heading(line))
    rows = [
        _row(list(row))
        for _, row in groupby(zip(cells[first:], _row_numbers(cells[first:]), strict=True), lambda p: p[1])
    ]
    columns = max(map(len, rows))
    names = cells[2:first]
    header = (tuple(cells[:2]), *(((name,) for name in names) if len(names) == columns - 1 else (tuple(names),)))
    yield Grid(columns, (header, *(row if len(row) == 1 else (*row, *[()] * (columns - len(row))) for row in rows)))


def _row_numbers(lines: Sequence[str]) -> Iterator[int]:
    number = 0
    for line in lines:
        number += read_heading(line) is not None
        yield number


def _row(numbered: Sequence[tuple[str, int]]) -> tuple[Cell, ...]:
    """Title and text are one cell, and every list of departments is one, which goes on while a line ends in 、."""
    lines = [line for line, _ in numbered]
    texts = next((at + 1 for at, line in enumerate(lines) if line.endswith(("。", "。”"))), len(lines))
    while texts < len(lines) and lines[texts].endswith(("。", "。”")):
        texts += 1
    cells = [tuple(lines[:texts])]
    goes_on = False
    for line in lines[texts:]:
        if goes_on:
            cells[-1] = (cells[-1][0] + line,)
        else:
            cells.append((line,))
        goes_on = line.endswith("、")
    return tuple(cells)
