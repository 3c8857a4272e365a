"""The terminal: one console, and progress bars for long work."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ingest.progress import Progress as Report

console = Console()


def configure_logging(level: str) -> None:
    """Log to standard error; libraries that talk about every request are told to be quiet."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("httpx", "chromadb"):
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def progress_bars() -> Iterator[Report]:
    """Bars on standard error, one a step; yields the function that long work reports to."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done)

        yield report
