"""policyqa eval."""

from rich.progress import track
from rich.table import Table

from eval.dataset import SETS_DIR, load_items
from eval.metrics import METRICS, Pair, measure
from eval.systems import systems
from ingest.index import open_index
from ingest.settings import load_settings
from ui.cli.console import console


def run_evaluation() -> None:
    """Measure every system on every set and print the tables."""
    items = load_items(SETS_DIR)
    results: dict[str, list[Pair]] = {}
    for name, respond in systems(open_index(load_settings())).items():
        results[name] = [(item, respond(item.question)) for item in track(items, name, transient=True)]
    for set_name in (*sorted({item.set for item in items}), None):
        console.print(_table(set_name, results))


def _table(set_name: str | None, results: dict[str, list[Pair]]) -> Table:
    table = Table("", *METRICS, title=f"评测集 {set_name}" if set_name else "全部评测集")
    for name, pairs in results.items():
        figures = measure([pair for pair in pairs if set_name in (None, pair[0].set)])
        table.add_row(name, *(str(figures[metric]) for metric in METRICS))
    return table
