"""Figures over a set of responses, each with its n and a bootstrap 95% interval."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.dataset import Item
from eval.systems import Response

RESAMPLES = 2000
Pair = tuple[Item, Response]


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


def hit(item: Item, response: Response, depth: int) -> float:
    """1 if a gold source is among the first ``depth``."""
    return float(bool(item.gold.intersection(response.ranking[:depth])))


def reasonable_hit(item: Item, response: Response) -> float:
    """1 if the first source is a gold or an equally reasonable one."""
    return float(response.ranking[0] in item.gold | item.also_ok)


def reciprocal_rank(item: Item, response: Response) -> float:
    """1 / rank of the first gold source; 0 if it is not in the ranking."""
    ranks = (rank for rank, key in enumerate(response.ranking, start=1) if key in item.gold)
    return 1.0 / next(ranks, np.inf)


def lead_match(item: Item, response: Response) -> float:
    """1 if the departments given as lead are exactly the right ones."""
    return float(set(response.lead) == set(item.lead))


def status_match(item: Item, response: Response) -> float:
    """1 if the question was treated as it should be: answered, partial, or refused in whatever way."""
    given = response.status if response.status in ("answered", "partial") else "refused"
    return float(given == item.expected)


def has_lead(pair: Pair) -> bool:
    """Whether there are departments that the question has to be sent to."""
    return pair[0].answerable and bool(pair[0].lead)


def _answerable(pair: Pair) -> bool:
    return bool(pair[0].gold)


def _has_status(pair: Pair) -> bool:
    return pair[1].status is not None


METRICS: dict[str, tuple[Callable[[Pair], bool], Callable[[Item, Response], float]]] = {
    "hit@1": (_answerable, lambda item, response: hit(item, response, 1)),
    "hit@1 (reasonable)": (_answerable, reasonable_hit),
    "hit@5": (_answerable, lambda item, response: hit(item, response, 5)),
    "MRR": (_answerable, reciprocal_rank),
    "lead": (has_lead, lead_match),
    "status": (_has_status, status_match),
}
"""By name: which questions count, and the value of one."""


def measure(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """Every metric over the pairs it applies to."""
    return {name: figure(value(*pair) for pair in pairs if applies(pair)) for name, (applies, value) in METRICS.items()}
