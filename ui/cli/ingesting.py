"""policyqa ingest."""

from ingest.indexing import ingest
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars


def run_ingest() -> None:
    """Update the index and say what was done."""
    with progress_bars() as report:
        done = ingest(load_settings(), report)
    console.print(
        f"{done.created} created, {done.updated} updated, {done.deleted} deleted, {done.unchanged} unchanged"
        f" · 索引版本 {done.version}",
        highlight=False,
    )
