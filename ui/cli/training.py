"""policyqa train."""

from pathlib import Path

from ingest.adaptation import Schedule, train_adapter
from ingest.corpus import load_corpus
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars


def run_training(target: Path, steps: int | None, held_out: frozenset[str]) -> None:
    """Train the encoder's adapter on the question bank of the first notice."""
    entry = load_corpus(load_settings().corpus_dir).notices[0]
    schedule = Schedule(steps=steps) if steps else Schedule()
    with progress_bars() as report:
        train_adapter(entry, target, schedule, report, held_out)
    console.print(f"适配器已写入 {target};模型重建后生效(删去数据文件夹中的 models,再运行 policyqa ingest)。")
