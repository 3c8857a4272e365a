"""policyqa eval."""

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.calibration import expected_calibration_error, reliability
from eval.dataset import SETS_DIR, load_items
from eval.metrics import METRICS, Figure, Pair, measure
from eval.systems import systems
from ingest.index import open_index
from ingest.settings import load_settings
from ui.cli.console import console

TABLE_WIDTH = 150


def run_evaluation() -> None:
    """Measure every system on every set and print the tables."""
    items = load_items(SETS_DIR)
    results: dict[str, list[Pair]] = {}
    for name, respond in systems(open_index(load_settings())).items():
        results[name] = [(item, respond(item)) for item in track(items, name, transient=True)]
    # Piped output has 80 columns by default, too few for the intervals.
    wide = Console(width=max(console.width, TABLE_WIDTH))
    for set_name in (*sorted({item.set for item in items}), None):
        wide.print(_table(set_name, results))
    wide.print(_reliability(results["product"]))


def _table(set_name: str | None, results: dict[str, list[Pair]]) -> Table:
    """One row a metric, one column a system; metrics that apply to no question of the set are left out."""
    figures = {
        name: measure([pair for pair in pairs if set_name in (None, pair[0].set)]) for name, pairs in results.items()
    }
    title = f"评测集 {set_name}" if set_name else "全部评测集"
    table = Table("", "n", title=title, box=SIMPLE, title_justify="left")
    for name in results:
        table.add_column(name, no_wrap=True)
    for metric in METRICS:
        row = [figures[name][metric] for name in results]
        if n := max(figure.n for figure in row):
            table.add_row(metric, str(n), *(_cell(figure) for figure in row))
    return table


def _reliability(pairs: Sequence[Pair]) -> Table:
    bins = reliability(pairs)
    table = Table("把握", "n", "平均把握", "实际正确", box=SIMPLE, title_justify="left")
    table.title = f"把握与实际(全部评测集),期望校准误差 {expected_calibration_error(bins):.3f}"
    for each in bins:
        table.add_row(f"{each.low:.1f}–{each.high:.1f}", str(each.n), f"{each.confidence:.3f}", f"{each.accuracy:.3f}")
    return table


def _cell(figure: Figure) -> str:
    return f"{figure.mean:.3f} {figure.low:.2f}–{figure.high:.2f}" if figure.n else "–"
