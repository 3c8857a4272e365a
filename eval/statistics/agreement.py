"""How far annotators agree beyond chance."""

from collections.abc import Sequence

from sklearn.metrics import cohen_kappa_score


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's κ of two annotators' labels of the same items (Cohen 1960); 1.0 where both know only one label."""
    return 1.0 if len({*first, *second}) == 1 else float(cohen_kappa_score(first, second))
