"""Seconds from the question to the whole answer, and their distribution."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.scores import Pair, Scores
from ingest.corpus import Corpus

QUANTILES = (0.5, 0.9, 0.95, 0.99)
EDGES_S = (0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Latency:
    """Quantiles in seconds, in the order of QUANTILES, and how many replies lie from each edge to the next."""

    quantiles: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """The seconds of every reply."""
    return {"seconds": {item.id: reply.seconds for item, reply in pairs if not reply.failure}}


def latency(seconds: Sequence[float]) -> Latency:
    """The distribution of the times, of which there is at least one; the last count is of all beyond the last edge."""
    counts, _ = np.histogram(seconds, [*EDGES_S, np.inf])
    return Latency(tuple(map(float, np.quantile(seconds, QUANTILES))), EDGES_S, tuple(map(int, counts)))
