"""Fitting rag.linear's models: multinomial logistic regression, cross-validated, as readable data."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from rag.fusion import Floats
from rag.linear import sequences

FOLDS = 5
SEQUENCE_SCALE = 6.0
"""Unit vectors of sequences are lengthened to be on a par with standardised signals."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model as data, and what cross-validation held likely for each example (a column for each label).

    ``guessed`` is the likeliest label's position.
    """

    data: dict[str, object]
    likely: Floats
    guessed: NDArray[np.intp]
    accuracy: float


def fit_linear(
    labels: Sequence[str],
    targets: Sequence[str],
    names: Sequence[str],
    signals: Floats,
    texts: Sequence[str],
    groups: Sequence[str],
    strength: float,
    fewest: int,
    weights: Floats | None = None,
) -> Fitted:
    """Fit one label for each example; sequences found in fewer than ``fewest`` texts are left out.

    Examples of one group are never on both sides of a fold. ``weights`` says how much each example counts; rare labels
    weigh more, by the root of their rarity.
    """
    mean, scale = signals.mean(axis=0), np.maximum(signals.std(axis=0), 1e-5)
    vectorizer = TfidfVectorizer(analyzer=lambda text: sequences(text).elements(), min_df=fewest, sublinear_tf=True)
    vectors = vectorizer.fit_transform(texts) * SEQUENCE_SCALE
    table = hstack([vectors, csr_matrix((signals - mean) / scale)]).tocsr()
    meant = np.array([labels.index(target) for target in targets])
    weights = np.ones(len(meant)) if weights is None else weights
    rarity = np.sqrt(weights.sum() / np.bincount(meant, weights, minlength=len(labels)))
    weights = weights * rarity[meant]
    model = LogisticRegression(C=strength, max_iter=5000)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    fitting = {"sample_weight": weights}
    likely = cross_val_predict(model, table, meant, cv=folds, groups=groups, params=fitting, method="predict_proba")
    guessed = likely.argmax(axis=1)
    model.fit(table, meant, sample_weight=weights)
    found = vectorizer.get_feature_names_out()
    # Of two labels, scikit-learn keeps the weights of the second; the first's are zero.
    learned = np.vstack([np.zeros_like(model.coef_), model.coef_]).T if len(labels) == 2 else model.coef_.T
    bias = [0.0, *model.intercept_] if len(labels) == 2 else model.intercept_
    data: dict[str, object] = {
        "labels": list(labels),
        "bias": np.round(bias, 3).tolist(),
        "signals": {
            name: {"mean": round(float(mean[row]), 5), "scale": round(float(scale[row]), 5), "weights": each}
            for row, (name, each) in enumerate(zip(names, learned[len(found) :].round(3).tolist(), strict=True))
        },
        "sequences": {
            sequence: [round(float(idf), 3), each]
            for sequence, idf, each in zip(
                found, vectorizer.idf_, (learned[: len(found)] * SEQUENCE_SCALE).round(2).tolist(), strict=True
            )
        },
    }
    return Fitted(data, likely, guessed, float((guessed == meant).mean()))
