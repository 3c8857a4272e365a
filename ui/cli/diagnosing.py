"""policyqa doctor."""

import json
import logging
from dataclasses import asdict

import typer
from rich.markup import escape

from api.doctor import Finding, State, examine
from ingest.settings import load_settings
from ui.cli.console import console, folding_table

_MARKS: dict[State, str] = {"ok": "[green]正常[/]", "attention": "[yellow]留意[/]", "failed": "[red]不行[/]"}


def run_doctor(as_json: bool, port: int) -> None:
    """Print what every check found; exit code 1 unless all is well."""
    settings = load_settings()
    # What libraries have to say is said by the checks.
    logging.disable()
    try:
        findings = list(examine(settings, port))
    finally:
        logging.disable(logging.NOTSET)
    if as_json:
        typer.echo(json.dumps({"checks": [asdict(each) for each in findings]}, ensure_ascii=False, indent=1))
    else:
        _print(findings)
    if any(each.state != "ok" for each in findings):
        raise typer.Exit(1)


def _print(findings: list[Finding]) -> None:
    table = folding_table("检查", "结果", "看到的", "怎么办")
    for each in findings:
        table.add_row(escape(each.subject), _MARKS[each.state], escape(each.seen), escape(each.remedy))
    console.print(table)
    open_ones = sum(each.state != "ok" for each in findings)
    console.print(f"{open_ones} 项要处理。" if open_ones else "一切正常。", highlight=False)
