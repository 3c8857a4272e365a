"""A mean with its bootstrap 95% interval."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over ``n`` questions with its 95% interval; n = 0 means the metric does not apply."""

    n: int
    mean: float
    low: float
    high: float


def figure(values: Iterable[float]) -> Figure:
    """Mean of per-question values with a percentile bootstrap interval (seeded, so it is the same every time)."""
    scores = np.array(list(values), dtype=float)
    if not scores.size:
        return Figure(0, 0.0, 0.0, 0.0)
    draws = np.random.default_rng(0).integers(0, scores.size, (RESAMPLES, scores.size))
    low, high = np.quantile(scores[draws].mean(axis=1), [0.025, 0.975])
    return Figure(scores.size, float(scores.mean()), float(low), float(high))
