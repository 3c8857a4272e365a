"""policyqa ingest."""

from pathlib import Path

from ingest.errors import SettingsError
from ingest.index.indexing import ingest
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars


def run_ingest(folder: Path | None) -> None:
    """Update the index from the corpus of the settings, or of another folder, and say what was done."""
    settings = load_settings()
    if folder:
        if not folder.is_dir():
            raise SettingsError(f"{folder} 不是文件夹。", "请写语料文件夹的路径。")
        settings = settings.model_copy(update={"corpus_dir": folder})
    with progress_bars() as report:
        done = ingest(settings, report)
    console.print(
        f"{done.created} created, {done.updated} updated, {done.deleted} deleted, {done.unchanged} unchanged"
        f" · 索引版本 {done.version}",
        highlight=False,
    )
