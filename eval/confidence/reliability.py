"""Is the stated confidence the share of right answers? Reliability table and expected calibration error."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies between ``low`` and ``high``: how many, mean confidence, share right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


def reliability(stated: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Bin]:
    """The non-empty bins of equal width of confidences in 0..1 and whether each was right."""
    edges = np.arange(BINS + 1) / BINS
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


def expected_calibration_error(stated: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Mean distance between confidence and accuracy, weighted by bin size (Naeini et al., AAAI 2015)."""
    bins = reliability(stated, right)
    return sum(each.n * abs(each.confidence - each.accuracy) for each in bins) / len(stated)
