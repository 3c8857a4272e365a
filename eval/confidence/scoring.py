"""Calibration and selective risk of the answers that state a confidence."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.confidence.reliability import expected_calibration_error
from eval.confidence.risk import area_under_risk
from eval.dataset import Item
from eval.scores import Pair, Scores
from eval.statistics.figure import RESAMPLES, Figure
from eval.targets.reply import Reply
from ingest.corpus import Corpus

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, NDArray[np.bool_]], float]
STATISTICS: dict[str, Statistic] = {"ECE": expected_calibration_error, "AURC": area_under_risk}
"""Figures that are no means of single questions' values."""


def stated_and_right(pairs: Sequence[Pair]) -> tuple[Floats, NDArray[np.bool_]]:
    """Confidences, and whether the first source fits, of the questions that have one to find.

    Where nothing is cited the first of the ranking counts: it is what the confidence is of.
    """
    asked = _asked(pairs)
    return (
        np.array([confidence for *_, confidence in asked], dtype=np.float64),
        np.array([next(iter(reply.ranking), "") in item.fitting for item, reply, _ in asked], dtype=np.bool_),
    )


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """Brier score of every answer: squared distance of the confidence from 1 if right, from 0 if wrong."""
    stated, right = stated_and_right(pairs)
    losses = (stated - right) ** 2
    return {"Brier": {item.id: float(loss) for (item, *_), loss in zip(_asked(pairs), losses, strict=True)}}


def statistics(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """ECE and AURC with bootstrap 95% intervals over the questions (seeded)."""
    stated, right = stated_and_right(pairs)
    n = len(stated)
    if not n:
        return dict.fromkeys(STATISTICS, Figure(0, 0.0, 0.0, 0.0))
    draws = np.random.default_rng(0).integers(0, n, (RESAMPLES, n))
    return {name: _figure(statistic, stated, right, draws) for name, statistic in STATISTICS.items()}


def _figure(statistic: Statistic, stated: Floats, right: NDArray[np.bool_], draws: NDArray[np.int64]) -> Figure:
    resampled = [statistic(stated[draw], right[draw]) for draw in draws]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Figure(len(stated), statistic(stated, right), float(low), float(high))


def _asked(pairs: Sequence[Pair]) -> list[tuple[Item, Reply, float]]:
    return [
        (item, reply, reply.confidence)
        for item, reply in pairs
        if reply.confidence is not None and not item.is_of_catalogue and not item.history
    ]
