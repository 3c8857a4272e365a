"""policyqa parse."""

import json
from pathlib import Path
from typing import Any

from rich.table import Table

from ingest.document import read_document
from ingest.notice import Source
from ingest.parsed import Parsed
from ingest.parser import parse
from ui.cli.console import console


def show_parsed(file: Path, as_json: bool) -> None:
    """Print what a notice was understood to say, publishing nothing."""
    parsed = parse(read_document(file))
    notice = parsed.notice
    if as_json:
        console.print_json(json.dumps(parsed_json(parsed), ensure_ascii=False))
        return
    table = Table("编号", "标题", "牵头/责任单位", "配合单位", title=notice.title)
    for source in (*notice.measures, *notice.municipal_items):
        table.add_row(
            source.key, source.title, "、".join(source.lead or source.responsible), "、".join(source.cooperating)
        )
    console.print(table)
    console.print(
        f"{notice.issuer} · {notice.issued_on} · {len(notice.measures)} 条举措"
        f" · {len(notice.municipal_items)} 项市级事项 · {sum(1 for _ in notice.discrepancies())} 处正文与附件不一致"
    )


def parsed_json(parsed: Parsed) -> dict[str, Any]:
    """The contract's JSON of a parsed notice."""
    notice = parsed.notice
    return {
        "title": notice.title,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on and notice.issued_on.isoformat(),
        "document_number": notice.document_number,
        "measures": [_source_json(source) for source in notice.measures],
        "municipal_items": [_source_json(source) for source in notice.municipal_items],
        "discrepancies": [
            {"source": source.key, "field": found.field, "body": found.body, "annex": found.annex}
            for source, found in notice.discrepancies()
        ],
        "oddities": [{"line": oddity.line, "message": oddity.message} for oddity in parsed.oddities],
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "number": source.number,
        "title": source.title,
        "outline": source.outline,
        "text": source.text,
        "lead": source.lead,
        "cooperating": source.cooperating,
        "responsible": source.responsible,
        "starred": source.starred,
    }
