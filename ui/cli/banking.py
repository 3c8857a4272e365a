"""policyqa bank check."""

import typer
from rich.table import Table

from eval.bank import ENOUGH, BankReport, check_bank
from eval.dataset import load_standalone
from ingest.index import open_index
from ingest.settings import load_settings
from ui.cli.console import console

SHOWN = 20


def run_bank_check() -> None:
    """Print what is wrong with the question bank; exits with 1 if there are duplicates or leaks."""
    report = check_bank(open_index(load_settings()), load_standalone())
    _show(report)
    if not report.is_sound:
        raise typer.Exit(1)


def _show(report: BankReport) -> None:
    for title, questions in (("重复", report.duplicates), ("也在评测集里", report.leaked)):
        console.print(f"{title}:{len(questions)} 条")
        for banked in questions:
            console.print(f"  {banked.source} {banked.question}", markup=False)
    scarce = "、".join(f"{key}({count})" for key, count in report.scarce)
    console.print(f"不足 {ENOUGH} 条的出处:{scarce or '无'}")
    table = Table("出处", "更近的", "自身", "对方", "问题", title=f"离别的出处更近:{len(report.misplaced)} 条")
    for each in report.misplaced[:SHOWN]:
        table.add_row(each.source, each.nearer, f"{each.own_cosine:.3f}", f"{each.nearer_cosine:.3f}", each.question)
    console.print(table)
