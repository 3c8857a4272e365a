"""From the text of a notice to its typed catalogue, checked while it is read.

The grammar, in order: heading line, document number, addressees, announcement, issuer, date, title, preamble;
parts 一、 with sections (一) with measures 1. (title line, text, responsibility in brackets); list of annexes;
Annex 1 (municipal items, one department column); Annex 2 (the measures again, lead and cooperating columns).
"""

import re
from dataclasses import replace
from datetime import date

from ingest.document import Document, Line
from ingest.errors import NoticeError
from ingest.notice import AnnexTitle, Notice, Part, Source
from ingest.outline import Heading
from ingest.strict.annex import Annex, read_annex, starts_annex
from ingest.strict.comparison import compare
from ingest.strict.numbering import Numbering
from ingest.strict.reading import LineReader
from ingest.strict.responsibility import Responsibility, ResponsibilityError, read_responsibility

_HEADING = re.compile(r".*关于(?:印发)?《(?P<title>.+)》的通知")
_DOCUMENT_NUMBER = re.compile(r"(?:发文)?字号[:：]?\s*(?P<number>.*)")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_BLANK = re.compile(r"\s")
_DECLARED_SECTIONS = re.compile(r"(\d+)大项")
_LONGEST_HEADING = 500
MUNICIPAL_ANNEX, RESPONSIBILITY_ANNEX = 1, 2


def is_action_plan(document: Document) -> bool:
    """Whether a document is meant to be in this notation: it is headed and has annexes as this grammar has them."""
    texts = [line.text for line in document.lines]
    is_headed = any(len(text) <= _LONGEST_HEADING and _HEADING.fullmatch(text) for text in texts[:1])
    return is_headed and any(map(starts_annex, texts))


def parse_notice(document: Document) -> Notice:
    """Parse a notice into its catalogue.

    Raises NoticeError, naming the line and what was expected, when the numbering has a gap, a
    responsibility cannot be read, or a line belongs to no element of the grammar.
    """
    reader = LineReader(document)
    front = _read_front(reader)
    parts, measures, responsibilities = _read_body(reader)
    annexes = _read_annexes(reader)
    items = _municipal_items(annexes[MUNICIPAL_ANNEX]) if MUNICIPAL_ANNEX in annexes else ()
    if table := annexes.get(RESPONSIBILITY_ANNEX):
        _check_section_total(table, parts)
        measures = _join_annex(measures, responsibilities, table)
    notes = tuple(annex.note for annex in annexes.values() if annex.note)
    titles = tuple(AnnexTitle(annex.number, annex.title, annex.note) for annex in annexes.values())
    return replace(front, parts=parts, sources=(_notice_source(front, notes), *measures, *items), annexes=titles)


def _read_front(reader: LineReader) -> Notice:
    """The notice's own facts. Its ``sources`` hold, for the moment, only the preamble that was read."""
    first, match = reader.take_match(_HEADING, "“…关于印发《…》的通知”")
    title = match["title"]
    number = reader.take_if(_DOCUMENT_NUMBER.fullmatch)
    document_number = _DOCUMENT_NUMBER.sub(r"\g<number>", number.text) if number else ""
    addressees, _ = reader.take_match(re.compile(r".+[:\uff1a]"), "主送单位")
    announcement = reader.take_while(lambda text: text.endswith("。"))
    issuer = reader.take()
    date_line, printed = reader.take_match(_DATE, "成文日期(如2025年3月7日)")
    try:
        issued_on = date(*map(int, printed.groups()))
    except ValueError as error:
        raise NoticeError(date_line.number, f"日期无效:“{date_line.text}”。") from error
    title_line = reader.take()
    if _BLANK.sub("", title_line.text) != _BLANK.sub("", title):
        raise NoticeError(title_line.number, f"此处应为标题“{title}”,实为“{title_line.text[:40]}”。")
    preamble = reader.take_while(lambda text: text.endswith("。"))
    paragraphs = [*announcement, *preamble]
    source = Source(
        kind="notice",
        number=None,
        title=title_line.text,
        text="".join(line.text for line in paragraphs),
        outline=(),
        start=first.start,
        end=paragraphs[-1].end if paragraphs else title_line.end,
    )
    return Notice(
        title_line.text,
        first.text,
        issuer.text,
        issued_on,
        document_number or None,
        parts=(),
        sources=(source,),
        addressees=addressees.text[:-1],
    )


def _read_body(reader: LineReader) -> tuple[tuple[Part, ...], tuple[Source, ...], tuple[Responsibility, ...]]:
    part_numbers, section_numbers, measure_numbers = Numbering("部分"), Numbering("大项"), Numbering("举措")
    parts: list[Part] = []
    measures: list[Source] = []
    responsibilities: list[Responsibility] = []
    while not reader.done and not _starts_annex_list(reader.line.text) and not starts_annex(reader.line.text):
        line, heading = reader.line, reader.heading
        if heading is None:
            raise NoticeError(line.number, f"正文中有不属于任何举措的文字:“{line.text[:40]}”。")
        reader.take()
        if heading.level == "part":
            part_numbers.advance(heading, line)
            parts.append(Part(heading.label, ()))
        elif not parts:
            raise NoticeError(line.number, f"“{line.text[:40]}”之前应有“一、…”标题。")
        elif heading.level == "section":
            section_numbers.advance(heading, line)
            parts[-1] = replace(parts[-1], sections=(*parts[-1].sections, heading.label))
        else:
            measure_numbers.advance(heading, line)
            outline = (parts[-1].label, *parts[-1].sections[-1:])
            source, responsibility = _read_measure(reader, line, heading, outline)
            measures.append(source)
            responsibilities.append(responsibility)
    if not measures:
        raise NoticeError(reader.line.number, "没有读到任何编号举措。", "请确认文件是行动方案正文。")
    return tuple(parts), tuple(measures), tuple(responsibilities)


def _read_measure(
    reader: LineReader, first: Line, heading: Heading, outline: tuple[str, ...]
) -> tuple[Source, Responsibility]:
    paragraphs: list[str] = []
    while not reader.done and reader.heading is None:
        line = reader.take()
        try:
            found = read_responsibility(line.text)
        except ResponsibilityError as error:
            raise NoticeError(line.number, error.message, error.remedy) from error
        if found is None:
            paragraphs.append(line.text)
            continue
        text, responsibility = found
        source = Source(
            kind="measure",
            number=heading.number,
            title=heading.title,
            text="".join([*paragraphs, text]),
            outline=outline,
            start=first.start,
            end=line.end,
            lead=responsibility.lead,
            cooperating=responsibility.cooperating,
            responsible=responsibility.responsible,
        )
        if not source.text:
            raise NoticeError(first.number, f"“{heading.label}”没有正文。")
        return source, responsibility
    raise NoticeError(first.number, f"“{heading.label}”没有读到责任分工。", "应在段末注明“(牵头单位:…)”。")


def _starts_annex_list(text: str) -> bool:
    return text in ("附件:", "附件：")


def _read_annexes(reader: LineReader) -> dict[int, Annex]:
    """The annexes by number, which must be those that the list at the end of the body announces."""
    announced: list[str] = []
    if reader.take_if(_starts_annex_list):
        numbering = Numbering("附件")
        while (heading := reader.heading) and heading.level == "item":
            numbering.advance(heading, reader.take())
            announced.append(heading.title)
    annexes: dict[int, Annex] = {}
    while not reader.done:
        line = reader.line
        annex = read_annex(reader, max_columns=len(annexes) + 1)
        expected = announced[len(annexes)] if len(annexes) < len(announced) else None
        if annex.number != len(annexes) + 1 or annex.title != expected:
            raise NoticeError(line.number, f"附件目录中第{len(annexes) + 1}个是“{expected}”,此处是“{annex.title}”。")
        annexes[annex.number] = annex
    if len(annexes) != len(announced):
        raise NoticeError(reader.last.number, f"附件目录列了{len(announced)}个附件,只读到{len(annexes)}个。")
    return annexes


def _municipal_items(annex: Annex) -> tuple[Source, ...]:
    return tuple(
        Source(
            kind="municipal_item",
            number=row.number,
            title=row.title,
            text=row.text,
            outline=(annex.title, *row.outline),
            start=row.start,
            end=row.end,
            lead=row.columns[0],
        )
        for row in annex.rows
    )


def _join_annex(
    measures: tuple[Source, ...], responsibilities: tuple[Responsibility, ...], annex: Annex
) -> tuple[Source, ...]:
    if len(annex.rows) != len(measures):
        line = annex.rows[-1].line.number if annex.rows else 1
        raise NoticeError(
            line, f"附件{annex.number}有{len(annex.rows)}行,正文有{len(measures)}条举措。", "请核对原文。"
        )
    for measure, row in zip(measures, annex.rows, strict=True):
        if row.outline != measure.outline:
            in_annex, in_body = " ".join(row.outline), " ".join(measure.outline)
            raise NoticeError(row.line.number, f"第{row.number}条附件中列于“{in_annex}”,正文中列于“{in_body}”。")
    return tuple(
        replace(
            measure,
            starred=row.starred,
            discrepancies=tuple(compare(measure.title, measure.text, responsibility, row)),
        )
        for measure, responsibility, row in zip(measures, responsibilities, annex.rows, strict=True)
    )


def _check_section_total(annex: Annex, parts: tuple[Part, ...]) -> None:
    declared = _DECLARED_SECTIONS.search(annex.note)
    count = sum(len(part.sections) for part in parts)
    if declared and int(declared[1]) != count:
        raise NoticeError(annex.line.number, f"通知称共{declared[1]}大项,正文读到{count}大项。")


def _notice_source(front: Notice, annex_notes: tuple[str, ...]) -> Source:
    """The notice as a source: announcement, preamble and the annexes' own notes (totals, meaning of ★)."""
    (source,) = front.sources
    return replace(source, text=source.text + "".join(annex_notes))
