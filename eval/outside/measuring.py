"""Measuring the retrieval legs on a public data set that the user has."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from eval.outside import cmrc, rgb, stard
from eval.outside.retrieval_task import Collection, rank
from eval.outside.scoring import Row, score, score_refusal
from ingest.encoder import open_encoder
from ingest.index.layout import index_dir
from ingest.index.lexicon import keep_dictionary
from ingest.progress import Progress
from ingest.settings import Settings

Kind = Literal["stard", "rgb", "cmrc"]
_READERS: Mapping[Kind, Callable[[Path], Collection]] = {"stard": stard.read, "rgb": rgb.read, "cmrc": cmrc.read}


def measure_outside(
    kind: Kind, path: Path, settings: Settings, progress: Progress, limit: int | None = None
) -> tuple[Row, ...]:
    """Every metric of every task in a file, with at most ``limit`` questions a task.

    The passages are encoded anew each time, 7 to 60 ms each by their length. Raises CorpusError if the file is
    something else, IndexMissing if the encoder has not been built.
    """
    collection = _READERS[kind](path).sample(limit)
    keep_dictionary(index_dir(settings))
    rankings = rank(collection.passages, collection.queries, open_encoder(settings), progress)
    rows: list[Row] = []
    for task in collection.tasks:
        rows += score(task, rankings)
        if collection.unanswerable:
            rows.append(score_refusal(task, collection.unanswerable, rankings))
    return tuple(rows)
