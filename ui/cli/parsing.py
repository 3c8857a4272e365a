"""policyqa parse: what a notice was understood to say, and what a person should look at."""

import json
from itertools import groupby
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from ingest.document import Document
from ingest.notice import Source
from ingest.parsed import Parsed
from ingest.parsed_json import parsed_json
from ingest.shelf.corrections import line_of
from ingest.shelf.proposal import citable, read_file
from ui.cli.console import console, folding_table

FACTS = {
    "title": "标题",
    "issuer": "发文单位",
    "document_number": "文号",
    "issued_on": "日期",
    "region": "地区",
    "year": "年份",
}
UNKNOWN = "(没有读到)"


def run_parse(file: Path, as_json: bool) -> None:
    """Print what a notice was understood to say, publishing nothing; exits with 1 if a person should look at it."""
    reading = read_file(file)
    if as_json:
        console.print_json(json.dumps(parsed_json(reading.raw), ensure_ascii=False))
    else:
        show_parsed(reading.raw, reading.document)
    if reading.raw.oddities or reading.raw.doubtful:
        raise typer.Exit(1)


def show_parsed(parsed: Parsed, document: Document) -> None:
    """Facts, outline, measures, and what is odd or doubtful with its line."""
    console.print(_facts(parsed))
    console.print(_measures(parsed))
    notice = parsed.notice
    responsible = sum(bool(source.lead or source.responsible) for source in citable(parsed))
    console.print(
        f"{len(notice.measures)} 条举措,{len(notice.municipal_items)} 项市级事项,其中 {responsible} 条有牵头或责任单位;"
        f"正文与附件不一致 {sum(1 for _ in notice.discrepancies())} 处",
        highlight=False,
        soft_wrap=True,
    )
    for oddity in parsed.oddities:
        console.print(f"请看第{oddity.line}行:{oddity.message}", markup=False, highlight=False, soft_wrap=True)
    sources = {source.key: source for source in notice.sources}
    for element in parsed.doubtful:
        where = f"第{line_of(document, sources[element])}行" if element in sources else "通知本身"
        name = FACTS.get(element, "大纲" if element == "outline" else element)
        said = f"没有把握:{where} {name}(把握 {parsed.trust_in(element):.0%})"
        console.print(said, markup=False, highlight=False, soft_wrap=True)


def _facts(parsed: Parsed) -> Table:
    notice = parsed.notice
    values = {
        "title": notice.title,
        "issuer": notice.issuer,
        "document_number": notice.document_number,
        "issued_on": notice.issued_on,
        "region": parsed.region,
        "year": parsed.year,
    }
    table = folding_table("项目", "读到的", "把握")
    for name, value in values.items():
        table.add_row(FACTS[name], escape(str(value or UNKNOWN)), f"{parsed.trust_in(name):.0%}")
    return table


def _measures(parsed: Parsed) -> Table:
    """The measures under their headings."""
    table = folding_table("编号", "标题", "牵头单位", "配合单位", "责任单位", "把握")
    for outline, sources in groupby(citable(parsed), key=lambda source: source.outline):
        if outline:
            table.add_row("", f"[bold]{escape(' / '.join(outline))}[/]")
        for source in sources:
            table.add_row(*_row(source), f"{parsed.trust_in(source.key):.0%}")
    return table


def _row(source: Source) -> list[str]:
    lead = [*source.lead, *(f"{name}(按通知的规则)" for name in source.implied_lead)]
    named = ("、".join(names) for names in (lead, source.cooperating, source.responsible))
    return [source.key, *map(escape, (source.title, *named))]
