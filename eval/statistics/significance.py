"""Is one run better than another on the same questions, or is it chance?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import permutation_test

from eval.statistics.figure import Figure, figure

PERMUTATIONS = 9999


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the differences (second minus first) over the questions that both have, with its 95% interval.

    ``p``: how often differences at least so far from 0 come about when each question's two values are swapped at
    random (paired permutation test, two-sided).
    """

    mean: Figure
    p: float


def difference(first: Mapping[str, float], second: Mapping[str, float]) -> Difference:
    """The difference of a metric's values by item id."""
    shared = sorted(first.keys() & second.keys())
    changes = np.array([second[key] - first[key] for key in shared])
    # Questions without a change add nothing to any permutation; one alone may as well have gone the other way.
    changed = changes[changes != 0]
    if len(changed) < 2:
        return Difference(figure(changes), 1.0)
    found = permutation_test(
        (changed,),
        lambda values, axis: values.sum(axis=axis),
        permutation_type="samples",
        n_resamples=PERMUTATIONS,
        vectorized=True,
        rng=np.random.default_rng(0),
    )
    return Difference(figure(changes), float(found.pvalue))
