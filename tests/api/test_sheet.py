"""Tables of tickets come in every shape that Excel and hotline systems write, and go out so that Excel opens them."""

import contextlib
import csv
import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.errors import _KINDS
from api.sheet import MAX_BYTES, MAX_ROWS, MAX_TEXT, Sheet, read_sheet, write_sheet
from api.sheets import printable
from api.sheets.delimited import read_csv
from ingest.errors import PolicyQAError, SheetError

LAMP = "路口的路灯坏了两个星期，晚上走路很不安全。"
PERMIT = "请问个体户办食品经营许可证，要带什么材料?"
TICKETS = f"工单编号,工单内容\nA1,{LAMP}\nA2,{PERMIT}\n"
FORMATS = ["t.csv", "t.xlsx"]


def texts(sheet: Sheet) -> list[str]:
    return [row.cells[sheet.text_column] for row in sheet.rows]


def problems(sheet: Sheet) -> list[str | None]:
    return [row.problem for row in sheet.rows]


def csv_sheet(text: str, column: str | None = None) -> Sheet:
    return read_sheet("t.csv", text.encode(), column)


def xlsx(rows: Sequence[Sequence[Any]], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    return saved(book)


def saved(book: Any) -> bytes:  # noqa: ANN401 - openpyxl has no types
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"], ids=str
)
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_in_any_encoding_and_separator(encoding: str, separator: str) -> None:
    content = f"工单编号,工单内容\r\nA1,{LAMP}\r\nA2,{PERMIT}\r\n".replace(",", separator).encode(encoding)
    sheet = read_sheet("导出.CSV", content)
    assert sheet.header == ("工单编号", "工单内容")
    assert texts(sheet) == [LAMP, PERMIT]
    assert (sheet.text_column, sheet.id_column) == (1, 0)
    assert problems(sheet) == [None, None]


def test_a_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "工单.xlsx"
    path.write_bytes(write_sheet(path.name, ["工单编号", "工单内容"], [["1", LAMP]]))
    assert texts(read_sheet(path.name, path.read_bytes())) == [LAMP]


def test_a_quoted_cell_keeps_its_line_breaks_and_rows_keep_their_line() -> None:
    sheet = csv_sheet('编号,内容\n1,"第一行\n第二行,""引用"""\n\n2,后面一件\n')
    assert texts(sheet) == ['第一行\n第二行,"引用"', "后面一件"]
    assert [row.number for row in sheet.rows] == [2, 5]


def test_ids_that_a_system_hides_from_excel_are_read_plainly() -> None:
    sheet = csv_sheet(f'="001",{LAMP}\n002\t,{PERMIT}\n')
    assert [row.cells[0].strip() for row in sheet.rows] == ["001", "002"]
    assert texts(sheet) == [LAMP, PERMIT]


def test_a_separator_inside_the_text_does_not_decide() -> None:
    assert texts(csv_sheet("编号;内容\n1;你好,世界,再见\n2;没有逗号\n")) == ["你好,世界,再见", "没有逗号"]


@pytest.mark.parametrize(
    ("header", "column", "text", "identifier"),
    [
        (["来电时间", "工单内容", "工单编号"], None, 1, 2),
        (["内容", "工单内容"], None, 1, None),
        (["Content", "Ticket_ID"], None, 0, 1),
        ([" 诉求 内容* ", "编号"], None, 0, 1),
        (["工单内容", "回访备注"], "回访备注", 1, None),
        (["编号", "问题描述", "标题"], None, 1, 0),
    ],
)
@pytest.mark.parametrize("name", FORMATS)
def test_the_text_is_found_by_name_in_any_order(
    name: str, header: list[str], column: str | None, text: int, identifier: int | None
) -> None:
    sheet = read_sheet(name, write_sheet(name, header, [["甲"] * len(header)]), column)
    assert (sheet.text_column, sheet.id_column) == (text, identifier)


def test_without_a_known_name_the_longest_text_is_taken() -> None:
    link = "https://example.gov.cn/tickets/2025/05/14/abcdef/abcdef/abcdef"
    sheet = csv_sheet(f"区,网址,说的话,何时\n虹口,{link},{LAMP},昨天\n浦东,{link},{PERMIT},今天\n")
    assert (sheet.header, sheet.text_column) == (("区", "网址", "说的话", "何时"), 2)
    assert len(sheet.rows) == 2


def test_a_table_without_text_names_its_columns_and_the_remedy() -> None:
    with pytest.raises(SheetError, match=r"区、街道.*工单内容"):
        csv_sheet("区,街道\n虹口,四川北路\n虹口,嘉兴路\n")


def test_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(SheetError, match=r"“备注”.*工单编号、工单内容"):
        csv_sheet(TICKETS, "备注")


@pytest.mark.parametrize("column", [None, "第2列"])
def test_without_a_header_the_first_row_is_a_ticket(column: str | None) -> None:
    sheet = csv_sheet(f"A1,{LAMP}\nA2,{PERMIT}\n", column)
    assert sheet.header == ("第1列", "第2列")
    assert texts(sheet) == [LAMP, PERMIT]
    assert [row.number for row in sheet.rows] == [1, 2]


def test_a_list_of_questions_and_nothing_else() -> None:
    sheet = csv_sheet(f"{LAMP}\n{PERMIT}\n")
    assert (sheet.header, texts(sheet)) == (("第1列",), [LAMP, PERMIT])


def test_one_ticket_and_no_header() -> None:
    assert texts(csv_sheet(LAMP)) == [LAMP]


@pytest.mark.parametrize(
    "lead",
    [
        [["2025年5月12345热线工单汇总表"]],
        [[], ["2025年5月12345热线工单汇总表"], []],
        [["填报单位:虹口区", "日期:2025-05-31"]],
    ],
    ids=["title", "title between blank rows", "remarks"],
)
def test_titles_above_the_header_are_left_out(lead: list[list[str]]) -> None:
    rows = [*lead, ["工单编号", "工单内容"], ["A1", LAMP]]
    sheet = read_sheet("t.xlsx", xlsx(rows, merged="" if len(lead[0]) == 2 else f"A{len(lead)}:B{len(lead)}"))
    assert (sheet.header, texts(sheet)) == (("工单编号", "工单内容"), [LAMP])
    assert sheet.rows[0].number == len(rows)


def test_a_title_above_a_header_of_unknown_names() -> None:
    sheet = read_sheet("t.xlsx", xlsx([["汇总表"], ["区", "说的话"], ["虹口", LAMP]], merged="A1:B1"))
    assert (sheet.header, texts(sheet)) == (("区", "说的话"), [LAMP])


def test_the_first_sheet_that_has_rows_is_read() -> None:
    book = openpyxl.Workbook()
    second = book.create_sheet("工单")
    second.append(["工单内容"])
    second.append([LAMP])
    assert texts(read_sheet("t.xlsx", saved(book))) == [LAMP]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "1"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (202505140001234, "202505140001234"),
        (1.23456789012345e17, "123456789012345000"),
        (0.0000001, "0.0000001"),
        (date(2025, 5, 14), "2025-05-14"),
        (datetime(2025, 5, 14, 10, 20), "2025-05-14 10:20:00"),
        (True, "TRUE"),
        ("一\r\n二_x000D_", "一\n二"),
    ],
)
def test_xlsx_values_come_as_people_see_them(value: object, shown: str) -> None:
    sheet = read_sheet("t.xlsx", xlsx([["值", "工单内容"], [value, LAMP]]))
    assert sheet.rows[0].cells[0] == shown


def test_leading_zeros_of_a_number_format_are_kept() -> None:
    book = openpyxl.Workbook()
    book.active.append(["工单编号", "工单内容"])
    book.active.append([123, LAMP])
    book.active["A2"].number_format = "00000"
    assert read_sheet("t.xlsx", saved(book)).rows[0].cells[0] == "00123"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A9,", "“工单内容”是空的"),
        ("A9", "“工单内容”是空的"),
        ("A9,  ", "“工单内容”是空的"),
        ("A9," + "长" * (MAX_TEXT + 1), "5001个字"),
        ("A9,你好,再见", "3格"),
        ('A9,"没有收尾', "引号"),
    ],
)
def test_a_bad_row_stays_with_its_problem_and_the_others_are_read(row: str, problem: str) -> None:
    sheet = csv_sheet(f"{TICKETS}{row}\nA3,{LAMP}\n")
    assert [row.number for row in sheet.rows] == [2, 3, 4, 5]
    bad = sheet.rows[2]
    assert bad.problem is not None
    assert problem in bad.problem
    assert [problem is None for problem in problems(sheet)] == [True, True, False, True]
    assert texts(sheet)[3] == LAMP


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_row_with_damaged_bytes_does_not_spoil_the_others(encoding: str) -> None:
    content = TICKETS.encode(encoding) + b"A9,\xff\xff" + "坏\n".encode(encoding) + f"A3,{LAMP}\n".encode(encoding)
    sheet = read_sheet("t.csv", content)
    assert texts(sheet)[::3] == [LAMP, LAMP]
    assert [problem and problem[:6] for problem in problems(sheet)] == [None, None, "有无法识别的", None]


def test_text_at_the_limit_is_fine_and_trailing_separators_are_no_cells() -> None:
    assert problems(csv_sheet(f"编号,内容,,\n1,{'长' * MAX_TEXT},,\n")) == [None]


@pytest.mark.parametrize("name", FORMATS)
def test_the_number_of_rows_is_limited(name: str) -> None:
    rows = [["路灯坏了"]] * MAX_ROWS
    assert len(read_sheet(name, write_sheet(name, ["工单内容"], rows)).rows) == MAX_ROWS
    with pytest.raises(SheetError, match="20000 行"):
        read_sheet(name, write_sheet(name, ["工单内容"], [*rows, ["路灯坏了"]]))


def test_the_size_is_limited() -> None:
    with pytest.raises(SheetError, match="最多 20 MB"):
        read_sheet("t.csv", b"a" * (MAX_BYTES + 1))


@pytest.mark.parametrize("content", [b"", b"\n\n", "工单编号,工单内容\n".encode()], ids=["nothing", "blank", "header"])
def test_a_file_without_tickets(content: bytes) -> None:
    with pytest.raises(SheetError, match="没有工单"):
        read_sheet("t.csv", content)


@pytest.mark.parametrize("name", ["t.xls", "t.pdf", "工单"])
def test_unknown_endings_name_those_supported(name: str) -> None:
    with pytest.raises(SheetError, match=r"\.csv 或 \.xlsx"):
        read_sheet(name, TICKETS.encode())
    with pytest.raises(SheetError, match=r"\.csv 或 \.xlsx"):
        write_sheet(name, ["a"], [])


def cut_off() -> bytes:
    return xlsx([["工单内容"], [LAMP]])[:-200]


def without_its_sheet() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["工单内容"], [LAMP]]))) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.namelist():
            copy.writestr(part, b"<broken" if "sheet1" in part else source.read(part))
    return target.getvalue()


def far_row() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["工单内容"], [LAMP]]))) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.namelist():
            copy.writestr(part, source.read(part).replace(b'r="2"', b'r="99999999999"'))
    return target.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", TICKETS.encode(), cut_off(), without_its_sheet()])
def test_a_damaged_workbook(content: bytes) -> None:
    with pytest.raises(SheetError, match="已损坏"):
        read_sheet("t.xlsx", content)


def test_a_row_number_beyond_excel_does_not_keep_the_reader_busy() -> None:
    started = time.monotonic()
    with pytest.raises(SheetError, match="行号"):
        read_sheet("t.xlsx", far_row())
    assert time.monotonic() - started < 5


def test_a_workbook_under_a_password() -> None:
    with pytest.raises(SheetError, match="密码"):
        read_sheet("t.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)


def test_a_workbook_that_is_huge_once_unpacked_is_refused_unread() -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(2**20))
    assert len(target.getvalue()) < MAX_BYTES
    started = time.monotonic()
    with pytest.raises(SheetError, match="最多 200 MB"):
        read_sheet("t.xlsx", target.getvalue())
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("name", FORMATS)
def test_the_number_of_columns_is_limited(name: str) -> None:
    assert len(read_sheet(name, write_sheet(name, ["工单内容"] * 200, [[LAMP]])).header) == 200
    with pytest.raises(SheetError, match="200 列"):
        read_sheet(name, write_sheet(name, ["工单内容"] * 201, [[LAMP]]))


def test_a_workbook_that_calls_itself_csv() -> None:
    with pytest.raises(SheetError, match=r"\.xlsx"):
        read_sheet("t.csv", xlsx([["工单内容"], [LAMP]]))


INJECTIONS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    '=HYPERLINK("http://x","y")',
    "'=1",
    "''@a",
    '="1"',
]


@pytest.mark.parametrize("cell", INJECTIONS)
def test_no_cell_of_a_csv_begins_like_a_formula(cell: str) -> None:
    content = write_sheet("t.csv", ["工单内容", cell], [[LAMP, cell]])
    assert content.startswith(b"\xef\xbb\xbf")
    [header, row] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (header[1][0], row[1][0]) == ("'", "'")
    assert read_sheet("t.csv", content).rows[0].cells[1] == printable(cell)


@pytest.mark.parametrize("cell", [*INJECTIONS, "#N/A"])
def test_every_cell_of_an_xlsx_is_a_string(cell: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_sheet("t.xlsx", ["工单内容", cell], [[LAMP, cell]])))
    for at in ("B1", "B2"):
        assert book.active[at].data_type == "s"
        assert book.active[at].quotePrefix
        assert book.active[at].value == printable(cell)


def test_an_xlsx_is_made_for_reading() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet("t.xlsx", ["编号", "工单内容"], [["1", LAMP * 9]]))).active
    assert sheet.freeze_panes == "A2"
    assert [sheet["A1"].font.bold, sheet["A2"].font.bold] == [True, False]
    assert sheet["B2"].alignment.wrap_text
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 60)


@pytest.mark.parametrize("name", FORMATS)
def test_control_characters_are_left_out(name: str) -> None:
    content = write_sheet(name, ["工单内容"], [["路\x00灯\x1b坏\x0b了\ud800\uffff"]])
    assert texts(read_sheet(name, content)) == ["路灯坏了"]


# U+FFFD stands for what could not be decoded, and Excel itself writes _x000D_ for a carriage return.
any_cell = st.text(st.characters(exclude_characters="\ufffd"), max_size=12) | st.sampled_from(INJECTIONS)


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=60)
@given(
    extra=st.lists(any_cell, max_size=3),
    rows=st.lists(st.tuples(any_cell, any_cell, any_cell, any_cell), min_size=1, max_size=6),
)
def test_what_is_written_is_read_back(name: str, extra: list[str], rows: list[tuple[str, ...]]) -> None:
    header = ["工单编号", "工单内容", *(f"备注{cell}末" for cell in extra)]
    table = [["A1", *row, *[""] * 3][: len(header)] for row in rows]
    sheet = read_sheet(name, write_sheet(name, header, table))
    assert sheet.header == tuple(map(printable, header))
    assert [row.cells for row in sheet.rows] == [tuple(map(printable, cells)) for cells in table]
    assert [problem is None for problem in problems(sheet)] == [bool(printable(cells[1]).strip()) for cells in table]


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.text(st.sampled_from("a\",;\t\n\r'=路"), max_size=40).map(str.encode))
def test_any_bytes_are_a_sheet_or_a_clear_error(content: bytes) -> None:
    for name in FORMATS:
        with contextlib.suppress(SheetError):
            sheet = read_sheet(name, content)
            assert all(len(row.cells) >= len(sheet.header) for row in sheet.rows)


def test_unclosed_quotes_on_every_line_do_not_make_reading_slow() -> None:
    started = time.monotonic()
    assert sum(1 for _ in read_csv("t.csv", b'1,"abc\n' * MAX_ROWS)) == MAX_ROWS
    assert time.monotonic() - started < 2


def test_the_error_is_the_callers_fault() -> None:
    assert issubclass(SheetError, PolicyQAError)
    assert (SheetError, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_sheet") in _KINDS
