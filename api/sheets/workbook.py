"""XLSX: cells read as people see them, and written so that Excel opens them as text."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from api.sheets import MAX_COLUMNS, Row, printable
from ingest.errors import SheetError

MAX_UNPACKED_BYTES = 200 * 2**20

_EXCEL_MAX_ROWS = 1_048_576
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LEADING_ZEROS = re.compile(r"0+")
_WIDTHS = (8, 60)
_SAMPLE = 200


def read_xlsx(name: str, content: bytes) -> Iterator[Row]:
    """The rows of the first sheet that has any.

    Raises SheetError for a workbook that is damaged, protected by a password, or huge once unpacked.
    """
    if content.startswith(_OLE):
        raise SheetError(f"“{name}”设有密码,或是旧版 .xls 文件,读不了。", "请在 Excel 中去掉密码,另存为 .xlsx。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise SheetError(
                f"“{name}”解压后有 {unpacked / 2**20:.0f} MB,最多 {MAX_UNPACKED_BYTES // 2**20} MB。",
                "请删去图片和多余的工作表,或分成几个文件。",
            )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            # Some exporters declare a size of one cell.
            sheet.reset_dimensions()
            # One column more than allowed, so that the caller sees that there are too many.
            rows = _rows(name, sheet.iter_rows(max_col=MAX_COLUMNS + 1))
            if first := next(rows, None):
                yield first
                yield from rows
                return
    except SheetError:
        raise
    except Exception as error:
        # What openpyxl raises for a damaged file depends on where the damage is: nearly anything.
        raise SheetError(f"“{name}”已损坏或不是 .xlsx 工作簿,读不了。", "请用 Excel 打开后另存为 .xlsx。") from error


def _rows(name: str, rows: Iterable[tuple[ReadOnlyCell, ...]]) -> Iterator[Row]:
    previous = None
    for number, row in enumerate(rows, start=1):
        if number > _EXCEL_MAX_ROWS:
            raise SheetError(f"“{name}”的行号超出 Excel 的范围。", "请用 Excel 打开后另存为 .xlsx。")
        # openpyxl fills the gap before a row number far out with one empty row, up to a million times.
        if row is previous:
            continue
        previous = row
        cells = tuple("" if cell is EMPTY_CELL or cell.value is None else _seen(cell) for cell in row)
        if any(cells):
            yield Row(number, cells if cells[MAX_COLUMNS] else cells[:MAX_COLUMNS])


def _seen(cell: ReadOnlyCell) -> str:
    value = cell.value
    match value:
        case bool():
            return str(value).upper()
        case int() | float():
            # Excel shows 15 digits; a long id must not come as 1.2E+17, nor 00123 as 123.
            digits = str(value) if isinstance(value, int) else format(Decimal(f"{value:.15g}"), "f")
            padded = isinstance(cell.number_format, str) and _LEADING_ZEROS.fullmatch(cell.number_format)
            return digits.zfill(len(cell.number_format)) if padded else digits
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value).replace("_x000D_", "").replace("\r\n", "\n")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet with a bold, frozen header and wrapped text; every cell is a string, so no formula runs."""
    table = [[printable(cell) for cell in cells] for cells in (header, *rows)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("工单")
    sheet.freeze_panes = "A2"
    for column in range(len(table[0])):
        widest = max(_width(cells[column]) for cells in table[:_SAMPLE] if column < len(cells))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1])
    head, body = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    head.font = Font(bold=True)
    for style in (head, body):
        style.alignment = Alignment(wrap_text=True, vertical="top")
        # Without it Excel takes “=1+1” for a formula as soon as someone edits the cell.
        style.quotePrefix = True
    for number, cells in enumerate(table):
        sheet.append(_filled(body if number else head, cells))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _filled(cell: Cell, values: Sequence[str]) -> Iterator[Cell]:
    # The sheet writes each cell before it asks for the next, so one styled cell does for all; styling each is slow.
    for value in values:
        cell.value = value
        cell.data_type = "s"
        yield cell


def _width(cell: str) -> int:
    lines = cell.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in lines)
