"""policyqa eval outside."""

from itertools import groupby
from operator import attrgetter
from pathlib import Path

from rich.box import SIMPLE
from rich.table import Table

from eval.outside.measuring import Kind, measure_outside
from eval.outside.retrieval_task import RANKERS
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars


def run_outside(kind: Kind, path: Path, limit: int | None) -> None:
    """Measure the retrieval on a public set and print a table for each task."""
    with progress_bars() as progress:
        rows = measure_outside(kind, path, load_settings(), progress, limit)
    for task, found in groupby(rows, attrgetter("task")):
        table = Table("", "n", *RANKERS, title=task, box=SIMPLE, title_justify="left")
        for row in found:
            figures = [row.figures[name] for name in RANKERS]
            cells = (f"{each.mean:.3f} {each.low:.2f}–{each.high:.2f}" for each in figures)
            table.add_row(row.metric, str(figures[0].n), *cells)
        console.print(table)
