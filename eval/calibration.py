"""Is the stated confidence the share of right answers? Reliability table and expected calibration error."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics import Pair

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies between ``low`` and ``high``: how many, mean confidence, share right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


def reliability(pairs: Sequence[Pair]) -> list[Bin]:
    """The non-empty bins of equal width, over all questions with a stated confidence.

    Right means that the first source is a gold or an equally reasonable one; where the corpus has nothing to say,
    nothing is right.
    """
    stated = np.array([response.confidence for _, response in pairs if response.confidence is not None])
    right = np.array(
        [response.ranking[0] in item.gold | item.also_ok for item, response in pairs if response.confidence is not None]
    )
    edges = np.linspace(0, 1, BINS + 1)
    places = np.clip(np.digitize(stated, edges) - 1, 0, BINS - 1)
    return [
        Bin(
            low=float(edges[place]),
            high=float(edges[place + 1]),
            n=int(members.sum()),
            confidence=float(stated[members].mean()),
            accuracy=float(right[members].mean()),
        )
        for place in range(BINS)
        if (members := places == place).any()
    ]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between confidence and accuracy, weighted by bin size (Naeini et al., AAAI 2015)."""
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.confidence - each.accuracy) for each in bins) / total
