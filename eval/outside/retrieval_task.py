"""Questions to be answered from passages, and how the retrieval legs rank these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ir_measures import RR, R, Success, nDCG
from ir_measures.measures import Measure
from numpy.typing import NDArray

from ingest.encoder import Encoder, Vectors
from ingest.index.lexicon import build_lexicon, tokenize
from ingest.progress import Progress, track

RANKERS = ("BM25", "dense", "fused")
MEASURES: tuple[Measure, ...] = (RR @ 10, Success @ 1, Success @ 5, R @ 10, nDCG @ 10)
_DEPTH, _BATCH = 10, 32

Floats = NDArray[np.float32]
Ranking = tuple[tuple[str, float], ...]
"""Passage ids with their scores, the best ten at most, best first."""
Rankings = Mapping[str, Mapping[str, Ranking]]
"""By ranker, by query id."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that may answer a question."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the passages that answer it, and those that are given to choose from (None for all)."""

    id: str
    text: str
    gold: frozenset[str]
    candidates: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RetrievalTask:
    """Questions that are scored together."""

    title: str
    queries: tuple[Query, ...]
    measures: tuple[Measure, ...] = MEASURES


@dataclass(frozen=True, slots=True)
class Collection:
    """Tasks over the same passages.

    ``unanswerable`` are the questions of every task once more, in their order, each given only passages that do not
    answer it.
    """

    passages: tuple[Passage, ...]
    tasks: tuple[RetrievalTask, ...]
    unanswerable: tuple[Query, ...] = ()

    @property
    def queries(self) -> tuple[Query, ...]:
        """All that is to be ranked."""
        return (*(query for task in self.tasks for query in task.queries), *self.unanswerable)

    def sample(self, limit: int | None) -> "Collection":
        """At most ``limit`` questions of each task, evenly spread; all the passages stay, for fewer are easier."""
        tasks = tuple(replace(task, queries=_spread(task.queries, limit)) for task in self.tasks)
        return replace(self, tasks=tasks, unanswerable=_spread(self.unanswerable, limit))


def rank(passages: Sequence[Passage], queries: Sequence[Query], encoder: Encoder, progress: Progress) -> Rankings:
    """The passages of every query by BM25, by cosine, and by the sum of the z-scores of both.

    How rare a token is, and what z-scores are relative to, is counted over all passages, whichever are given to
    choose from: scores of different queries can be compared. Equal scores count against the passage that answers.
    """
    row = {passage.id: number for number, passage in enumerate(passages)}
    lexicon = build_lexicon({passage.id: passage.text for passage in passages}, tokenize)
    vectors = _encode([passage.text for passage in passages], encoder.encode_passages, "编码段落", progress)
    asked = _encode([query.text for query in queries], encoder.encode_queries, "编码问题", progress)
    rankings: dict[str, dict[str, Ranking]] = {name: {} for name in RANKERS}
    for number, query in enumerate(track(queries, "检索", progress)):
        ids = tuple(row) if query.candidates is None else query.candidates
        rows = np.array([row[each] for each in ids])
        answers = np.array([each in query.gold for each in ids])
        lexical, dense = lexicon.scores(tokenize(query.text)), vectors @ asked[number]
        for name, scores in zip(RANKERS, (lexical, dense, _z_scores(lexical) + _z_scores(dense)), strict=True):
            best = np.lexsort((answers, -scores[rows]))[:_DEPTH]
            rankings[name][query.id] = tuple((ids[place], float(scores[rows[place]])) for place in best)
    return rankings


def _encode(texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], step: str, progress: Progress) -> Vectors:
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    return np.concatenate([encode(batch) for batch in track(batches, step, progress)])


def _z_scores(scores: Floats) -> Floats:
    """Distance from the mean in standard deviations; 0 where all are equal."""
    deviation = scores.std()
    return (scores - scores.mean()) / deviation if deviation else np.zeros_like(scores)


def _spread(queries: tuple[Query, ...], limit: int | None) -> tuple[Query, ...]:
    if limit is None or limit >= len(queries):
        return queries
    return tuple(queries[place * len(queries) // limit] for place in range(limit))
