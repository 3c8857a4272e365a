"""policyqa eval."""

from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from eval.comparison import Cell, Comparison
from eval.dataset import SETS_DIR, load_items
from eval.evaluation import evaluate
from eval.metrics import Figure
from eval.report import Reliability, write_report
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars

TABLE_WIDTH = 150


def run_evaluation(sets: Path | None, quick: bool) -> None:
    """Measure every system on the sets in a folder, by default eval/sets; keep the report and print its tables."""
    settings = load_settings()
    items = load_items(sets or SETS_DIR)
    with progress_bars() as progress:
        report = evaluate(settings, items, quick, progress)
    write_report(settings, report)
    # Piped output has 80 columns by default, too few for the intervals.
    wide = Console(width=max(console.width, TABLE_WIDTH))
    for comparison in report.tables:
        wide.print(_table(comparison))
    wide.print(_reliability(report.reliability))
    if same := report.int8_agreement:
        wide.print(f"int8 与 fp32 的第一个出处相同:n={same.n} {_cell(same)}")
    if report.quick:
        wide.print("--quick:略去了要另建索引、另行拟合的系统。")
    wide.print(
        f"product 答错 {len(report.failures)} 题,逐题见 {settings.evaluation_report}", highlight=False, soft_wrap=True
    )


def _table(comparison: Comparison) -> Table:
    table = Table("", "n", title=comparison.title, box=SIMPLE, title_justify="left")
    for name in comparison.systems:
        table.add_column(name, no_wrap=True)
    for row in comparison.rows:
        table.add_row(row.metric, str(row.n), *map(_cell, row.cells))
    return table


def _reliability(found: Reliability) -> Table:
    table = Table("把握", "n", "平均把握", "实际正确", box=SIMPLE, title_justify="left")
    table.title = f"把握与实际(全部评测集),期望校准误差 {found.error:.3f}"
    for each in found.bins:
        table.add_row(f"{each.low:.1f}–{each.high:.1f}", str(each.n), f"{each.confidence:.3f}", f"{each.accuracy:.3f}")
    return table


def _cell(found: Cell | Figure | None) -> str:
    return f"{found.mean:.3f} {found.low:.2f}–{found.high:.2f}" if found else "–"
