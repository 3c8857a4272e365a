"""The terminal: one console, and progress bars for long work."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from ingest.errors import CorpusError
from ingest.progress import Progress as Report

console = Console()


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


def folding_table(*headings: str) -> Table:
    """A table in which nothing is cut off: what is too long goes on in the next line."""
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def ask_or_stop(question: str, is_agreed: bool, command: str) -> None:
    """Go on if the operator agrees. Raises CorpusError where nobody can be asked, Exit where they do not."""
    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise CorpusError("没有终端可以确认,什么都没有改。", f"确认无误后请运行 {command}。")
    if not typer.confirm(question):
        raise typer.Exit(2)
