"""policyqa eval."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.calibration import expected_calibration_error, reliability
from eval.dataset import SETS_DIR, TRAINING_DIR, Item, load_items
from eval.metrics import METRICS, Figure, Pair, figure, measure
from eval.systems import System, ablation, agreement, fusions
from eval.variants import in_full_precision, without_adapter
from ingest.index import open_index
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars

TABLE_WIDTH = 150


def run_evaluation() -> None:
    """Measure every system on every set and print the tables."""
    settings = load_settings()
    items, training = load_items(SETS_DIR), load_items(TRAINING_DIR)
    with progress_bars() as report:
        unadapted = without_adapter(settings, report)
        exact = in_full_precision(settings, report)
    index = open_index(settings)
    ablated = _responses(ablation(index, unadapted, training), items)
    fused = _responses(fusions(index, training), items)
    # Piped output has 80 columns by default, too few for the intervals.
    wide = Console(width=max(console.width, TABLE_WIDTH))
    for label, of in (("评测集", attrgetter("set")), ("题型", attrgetter("type"))):
        for value in sorted({of(item) for item in items}):
            wide.print(_table(f"{label} {value}", _where(ablated, of, value)))
    wide.print(_table("全部评测集", ablated))
    wide.print(_table("同样的证据,别的融合法", fused))
    wide.print(_reliability(ablated["product"]))
    same = figure(agreement(index, exact, items))
    wide.print(f"int8 与 fp32 的第一个出处相同:n={same.n} {_cell(same)}")


def _responses(systems: Mapping[str, System], items: Sequence[Item]) -> dict[str, list[Pair]]:
    return {
        name: [(item, respond(item)) for item in track(items, name, transient=True)]
        for name, respond in systems.items()
    }


def _where(results: Mapping[str, list[Pair]], of: Callable[[Item], str], value: str) -> dict[str, list[Pair]]:
    return {name: [pair for pair in pairs if of(pair[0]) == value] for name, pairs in results.items()}


def _table(title: str, results: Mapping[str, list[Pair]]) -> Table:
    """One row a metric, one column a system; metrics that apply to no question are left out."""
    figures = {name: measure(pairs) for name, pairs in results.items()}
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
