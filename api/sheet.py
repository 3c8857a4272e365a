"""The tables in which 12345 hotlines keep their tickets: CSV and XLSX, read as they come and written for Excel."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

from api.sheets import MAX_COLUMNS, Row
from api.sheets.delimited import read_csv, write_csv
from api.sheets.workbook import read_xlsx, write_xlsx
from ingest.errors import SheetError

__all__ = ["MAX_BYTES", "MAX_ROWS", "MAX_TEXT", "Row", "Sheet", "read_sheet", "write_sheet"]

MAX_BYTES = 20 * 2**20
MAX_ROWS = 20_000
MAX_TEXT = 5000

_NAMES_FILE = Path(__file__).parent / "data" / "sheet.toml"
_Reader = Callable[[str, bytes], Iterator[Row]]
_Writer = Callable[[Sequence[str], Iterable[Sequence[str]]], bytes]
_FORMATS: dict[str, tuple[_Reader, _Writer]] = {".csv": (read_csv, write_csv), ".xlsx": (read_xlsx, write_xlsx)}
_HEAD = 10
"""How many rows from the top a header is looked for, under titles and remarks."""
_MIN_MEAN = 10
_SAMPLE = 1000
_NAMES_SHOWN = 20
_NUMBER = re.compile(r"[\d\s.,:/年月日时分秒T+-]*\d[\d\s.,:/年月日时分秒T+-]*")
_SENTENCE = re.compile("[。，；！？!?]")
_PROSE = re.compile(r"[㐀-鿿぀-ヿ]|[^\W\d_] [^\W\d_]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tickets of one file. Rows have a cell for every column; one with a ``problem`` is for the report only."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    text_column: int
    id_column: int | None


def read_sheet(name: str, content: bytes, column: str | None = None) -> Sheet:
    """Read the file called ``name``; ``column`` names the column with the text if it is not to be guessed.

    Blank rows and titles above the header are left out. Rows that cannot be used stay, with their problem.
    Raises SheetError for a file that cannot be read, is too large, or does not show where the text is.
    """
    read, _ = _format(name)
    if len(content) > MAX_BYTES:
        raise SheetError(f"“{name}”有 {len(content) / 2**20:.1f} MB,最多 {MAX_BYTES // 2**20} MB。", "请分成几个文件。")
    rows: list[Row] = []
    for row in read(name, content):
        if len(row.cells) > MAX_COLUMNS:
            remedy = "请只保留工单编号、内容等需要的列。"
            raise SheetError(f"“{name}”第{row.number}行超过 {MAX_COLUMNS} 列。", remedy)
        if any(cell.strip() for cell in row.cells):
            rows.append(row)
        if len(rows) > MAX_ROWS + _HEAD:
            break
    at = _header_at(rows, column)
    if at is None:
        width = Counter(len(_titles(row)) for row in rows).most_common(1)[0][0] if rows else 0
        header, tickets = _numbered([""] * width), rows
    else:
        header, tickets = _numbered(_titles(rows[at])), rows[at + 1 :]
    if not tickets:
        raise SheetError(f"“{name}”里没有工单。", "表头下面每行写一件工单。")
    if len(tickets) > MAX_ROWS:
        raise SheetError(f"“{name}”超过 {MAX_ROWS} 行。", "请分成几个文件。")
    text_column = _text_column(name, header, tickets, column)
    checked = tuple(_checked(row, header, text_column) for row in tickets)
    return Sheet(header, checked, text_column, _find(header, _names()["id"]))


def write_sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table in the format that the ending of ``name`` stands for. No cell can run as a formula.

    Control characters are left out and line breaks are single line feeds. Raises SheetError for an unknown ending.
    """
    _, write = _format(name)
    return write(header, rows)


def check_target(name: str) -> None:
    """Raise SheetError if no table can be written in the format that the ending of ``name`` stands for."""
    _format(name)


def _format(name: str) -> tuple[_Reader, _Writer]:
    ending = PurePath(name).suffix.lower()
    if ending not in _FORMATS:
        raise SheetError(f"不支持“{name}”这种文件。", f"请在 Excel 中另存为以 {' 或 '.join(_FORMATS)} 结尾的文件。")
    return _FORMATS[ending]


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    return tomllib.loads(_NAMES_FILE.read_text(encoding="utf-8"))


def _folded(name: str) -> str:
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", name).casefold())


def _find(header: Sequence[str], wanted: Iterable[str]) -> int | None:
    folded = [_folded(name) for name in header]
    return next((folded.index(name) for name in map(_folded, wanted) if name in folded), None)


def _titles(row: Row) -> list[str]:
    titles = [cell.strip() for cell in row.cells]
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name or f"第{number}列" for number, name in enumerate(names, start=1))


def _header_at(rows: Sequence[Row], asked: str | None) -> int | None:
    known = {_folded(name) for names in _names().values() for name in names} | ({_folded(asked)} if asked else set())
    scores = [len(known & set(map(_folded, row.cells))) for row in rows[:_HEAD]]
    longest = _longest(rows)
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None:
        return None
    # A single known word may as well stand in a ticket, if tickets have begun above it.
    above = any(len(_filled(row)) > 1 and _is_ticket(row, longest) for row in rows[:best])
    if scores[best] > 1 or (scores[best] and not above):
        return best
    columns = max(len(_filled(row)) for row in rows[:_HEAD])
    first = next(at for at, row in enumerate(rows) if columns == 1 or len(_filled(row)) > 1)
    return None if _is_ticket(rows[first], longest) else first


def _filled(row: Row) -> list[str]:
    return [cell for cell in row.cells if cell.strip()]


def _is_ticket(row: Row, longest: int | None) -> bool:
    text = row.cells[longest].strip() if longest is not None and longest < len(row.cells) else ""
    return (
        len(text) >= _MIN_MEAN
        or _SENTENCE.search(text) is not None
        or any(_NUMBER.fullmatch(cell) for cell in row.cells)
    )


def _longest(rows: Sequence[Row]) -> int | None:
    sample, lengths = rows[:_SAMPLE], Counter[int]()
    for row in sample:
        for column, cell in enumerate(row.cells):
            # Ids, dates and addresses of pages are long too, and no text.
            if _PROSE.search(cell) and len(_LETTER.findall(cell)) * 2 >= len(cell):
                lengths[column] += len(cell.strip())
    column, total = lengths.most_common(1)[0] if lengths else (0, 0)
    return column if total and total >= _MIN_MEAN * len(sample) else None


def _text_column(name: str, header: Sequence[str], rows: Sequence[Row], asked: str | None) -> int:
    names = "、".join(title[:_NAMES_SHOWN] for title in header[:_NAMES_SHOWN])
    if asked is not None:
        found = _find(header, [asked])
        if found is None:
            raise SheetError(f"“{name}”里没有“{asked}”这一列。", f"现有的列:{names}。")
        return found
    found = _find(header, _names()["text"])
    if found is None:
        found = _longest(rows)
    if found is None or found >= len(header):
        remedy = f"请指明工单内容在哪一列,或把那一列的表头改为“{_names()['text'][0]}”。"
        raise SheetError(f"看不出“{name}”里哪一列是工单内容,现有的列:{names}。", remedy)
    return found


def _checked(row: Row, header: Sequence[str], text_column: int) -> Row:
    width = max(len(header), len(_titles(row)))
    cells = row.cells[:width] + ("",) * (width - len(row.cells))
    text = cells[text_column].strip()
    problem = row.problem
    if problem is None and any("\ufffd" in cell for cell in cells):
        problem = "有无法识别的字符,请检查文件编码"
    elif problem is None and width > len(header):
        problem = f"有{width}格,表头只有{len(header)}格;内容里若有分隔符,请加引号"
    elif problem is None and not text:
        problem = f"“{header[text_column]}”是空的"
    elif problem is None and len(text) > MAX_TEXT:
        problem = f"内容有{len(text)}个字,最多{MAX_TEXT}个字"
    return Row(row.number, cells, problem)
