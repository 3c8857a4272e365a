"""Tables of tasks and departments: which column is what, and the rows as measures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Document, Table
from ingest.general.department import is_department, split_names
from ingest.general.marker import read_marker
from ingest.general.notation import Role, TableColumn, notation
from ingest.general.responsibility import role_of
from ingest.notice import Source
from ingest.parsed import CERTAIN

Column = TableColumn | Role
_BLANK = "\u3000 \t\n\xa0"
_TITLE_END = "。：:；;"
WITHOUT_DEPARTMENT = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a source, with how far it can be trusted and the line where its table begins."""

    source: Source
    trust: float
    line: int


def table_rows(document: Document) -> Iterator[Row]:
    """The measures that the tables of a document list; a table without a column of departments lists none."""
    for table in document.tables:
        if columns := _columns(table):
            yield from _rows(document, table, columns)


def _columns(table: Table) -> dict[Column, int] | None:
    """Where each column stands, from the first row that heads at least a topic and departments."""
    header = [_bare(cell) for cell in table.rows[0]]
    columns: dict[Column, int] = {}
    for at, cell in enumerate(header):
        if kind := _kind(cell):
            columns.setdefault(kind, at)
    if "title" not in columns and "text" in columns:
        columns["title"] = columns.pop("text")
    has_departments = columns.keys() & {"lead", "cooperating", "responsible"}
    return columns if "title" in columns and has_departments else None


def _kind(cell: str) -> Column | None:
    words = notation().table
    named = next((kind for kind, names in words.items() if cell in names), None)
    return named or (role_of(cell) if len(cell) <= _LONGEST_HEADING else None)


_LONGEST_HEADING = 12


def _rows(document: Document, table: Table, columns: dict[Column, int]) -> Iterator[Row]:
    lines = [line for line in document.lines if table.first_line <= line.number <= table.last_line]
    start, end = lines[0].start, lines[-1].end
    outline: tuple[str, ...] = ()
    count = 0
    for row in table.rows[1:]:
        cells = {kind: row[at].strip(_BLANK) if at < len(row) else "" for kind, at in columns.items()}
        filled = list(dict.fromkeys(cell.strip(_BLANK) for cell in row if cell.strip(_BLANK)))
        if len(filled) == 1:
            outline = (filled[0],)
            continue
        if not cells["title"]:
            continue
        count += 1
        yield _row(cells, count, outline, (start, end), table.first_line)


def _row(cells: dict[Column, str], count: int, outline: tuple[str, ...], span: tuple[int, int], line: int) -> Row:
    marker = read_marker(cells["title"])
    number = _bare(cells.get("number", ""))
    heading = marker.rest if marker else cells["title"]
    title, _, more = heading.partition("。")
    text = f"{more.strip()}{cells.get('text', '')}".strip() or heading
    departments = {role: split_names(cells.get(role, "").replace("\n", "、")) for role in _ROLES}
    names = [name for each in departments.values() for name in each]
    source = Source(
        kind="measure",
        number=int(number) if number.isdecimal() else marker.number if marker and marker.number else count,
        title=title.strip(_TITLE_END + _BLANK),
        text=text,
        outline=outline,
        start=span[0],
        end=span[1],
        lead=departments["lead"],
        cooperating=departments["cooperating"],
        responsible=departments["responsible"],
    )
    trust = CERTAIN if names and all(map(is_department, names)) else WITHOUT_DEPARTMENT
    return Row(source, trust, line)


_ROLES: Sequence[Role] = ("lead", "cooperating", "responsible")


def _bare(cell: str) -> str:
    return "".join(cell.split()).strip("：:。.、")
