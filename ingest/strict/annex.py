"""Annex tables as they come out of a web page: one cell a line, a cell going on while its line ends in 、."""

import re
from dataclasses import dataclass

from ingest.document import Line
from ingest.errors import NoticeError
from ingest.outline import read_annex_number
from ingest.strict.numbering import Numbering
from ingest.strict.reading import LineReader
from ingest.strict.responsibility import ResponsibilityError, split_departments

TABLE_HEADER = frozenset({"序号", "改革事项", "牵头单位", "配合单位", "配合责任单位", "上海市牵头", "条线部门"})
_TOTAL = re.compile(r"(\d+)\s*(?:项改革举措|小项举措)")
_SENTENCE_END = ("。", "。”", "。)", "。）")
# Navigation that government sites print below an article.
_SITE_FOOTER = re.compile(r"分享[:：]?|打印|关闭|上一篇.*|下一篇.*")


@dataclass(frozen=True, slots=True)
class Row:
    """One numbered row: title and text as printed, and one tuple of departments for each department column."""

    number: int
    title: str
    starred: bool
    text: str
    outline: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    line: Line
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: printed title, note below it, rows in order, and the line it starts at."""

    number: int
    title: str
    note: str
    rows: tuple[Row, ...]
    line: Line


def starts_annex(text: str) -> bool:
    """True for a line such as 附件1 that opens an annex."""
    return read_annex_number(text) is not None


def read_annex(reader: LineReader, max_columns: int) -> Annex:
    """Read one annex table up to the next annex or the end; each row may fill up to ``max_columns`` columns.

    Raises NoticeError for a line outside the table grammar, a gap in the numbering, a row without
    departments, or a declared total that the rows do not reach.
    """
    first = reader.take()
    number = read_annex_number(first.text)
    if number is None:
        raise NoticeError(first.number, f"此处应为“附件…”,实为“{first.text[:40]}”。")
    title = reader.take().text
    note = reader.take_if(lambda text: text[0] in "(（")
    reader.take_while(TABLE_HEADER.__contains__)

    numbering = Numbering("附件事项")
    outline: tuple[str, ...] = ()
    rows = []
    while not reader.done and not starts_annex(reader.line.text):
        heading = reader.heading
        if heading is None:
            if _SITE_FOOTER.fullmatch(reader.line.text):
                reader.take()
                continue
            raise NoticeError(reader.line.number, f"附件{number}中有表格之外的文字:“{reader.line.text[:40]}”。")
        if heading.level == "item":
            rows.append(_read_row(reader, numbering, outline, max_columns))
            continue
        reader.take()
        outline = (heading.label,) if heading.level == "part" else (*outline[:1], heading.label)
    if note and (total := _TOTAL.search(note.text)):
        numbering.check_total(int(total[1]), note)
    return Annex(number, title, note.text if note else "", tuple(rows), first)


def _read_row(reader: LineReader, numbering: Numbering, outline: tuple[str, ...], max_columns: int) -> Row:
    heading = reader.heading
    line = reader.take()
    assert heading is not None
    numbering.advance(heading, line)
    text = reader.take_while(lambda text: text.endswith(_SENTENCE_END))
    if not text:
        raise NoticeError(line.number, f"“{heading.label}”没有正文。", "正文应以句号结束。")
    columns: list[tuple[str, ...]] = []
    last = text[-1]
    while not reader.done and not _ends_row(reader):
        if len(columns) == max_columns:
            raise NoticeError(reader.line.number, f"“{heading.label}”的部门栏多于{max_columns}栏。")
        departments, last = _read_cell(reader)
        columns.append(departments)
    if not columns:
        raise NoticeError(line.number, f"“{heading.label}”没有责任部门。", "请补上牵头单位。")
    return Row(
        heading.number,
        heading.title,
        heading.starred,
        "".join(paragraph.text for paragraph in text),
        outline,
        tuple(columns),
        line,
        line.start,
        last.end,
    )


def _ends_row(reader: LineReader) -> bool:
    text = reader.line.text
    return reader.heading is not None or starts_annex(text) or _SITE_FOOTER.fullmatch(text) is not None


def _read_cell(reader: LineReader) -> tuple[tuple[str, ...], Line]:
    line = reader.take()
    cell = line.text
    while cell.endswith("、"):
        if reader.done or _ends_row(reader):
            raise NoticeError(line.number, f"部门名单在“{line.text[-20:]}”处中断。")
        line = reader.take()
        cell += line.text
    try:
        return split_departments(cell), line
    except ResponsibilityError as error:
        raise NoticeError(line.number, error.message, error.remedy) from error
