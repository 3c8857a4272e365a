"""How many wrong answers remain if only the surest are given."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def risk_coverage(stated: Floats, right: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Coverage and selective risk, both in 0..1, as the confidence demanded falls (El-Yaniv and Wiener, JMLR 2010).

    Answers of one confidence are given together: each confidence is one point.
    """
    order = np.argsort(-stated, kind="stable")
    coverage = np.arange(1, len(order) + 1) / len(order)
    risk = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    last = np.append(np.diff(stated[order]) != 0, True)
    return coverage[last], risk[last]


def area_under_risk(stated: Floats, right: NDArray[np.bool_]) -> float:
    """AURC: mean selective risk over all coverages (Geifman, Uziel and El-Yaniv, ICLR 2019); lower is better."""
    coverage, risk = risk_coverage(stated, right)
    return float(np.sum(risk * np.diff(coverage, prepend=0.0)))
