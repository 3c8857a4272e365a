"""Fitting what counts as support (rag.verification.entailment) on labelled sentences of the fitting writers.

    python -m eval.fitting.entailment

Every departure from the sources may only count against a sentence, never for it. How sure one has to be is set where,
in leave-one-writer-out cross-validation together with the certain checks, LET_THROUGH of the sentences that must not be
shown would be.
"""

import numpy as np
from scipy.optimize import minimize

from eval.fitting.weights import write_data
from eval.language_model.entailment import FIT_DIR, load_labelled
from ingest.index import open_index
from ingest.settings import load_settings
from rag.confidence import Logistic
from rag.fusion import Floats, Mask
from rag.verification.entailment import SIGNALS, Entailment
from rag.verification.verifier import certain_objection

LET_THROUGH = 0.005
"""Half of what is promised (1 %): a threshold chosen on some sentences is a little too kind to others."""

PENALTY = 0.003
"""Strength of the L2 penalty on the weights of standardised signals."""


def main() -> None:
    """Fit, and write rag/data/entailment.json."""
    index = open_index(load_settings())
    register = index.corpus.departments
    entailment = Entailment(register, index.encoder)
    found = list(load_labelled(FIT_DIR, index.corpus))
    # What the certain checks reject never gets so far.
    left = [each for each in found if certain_objection(each.claim, register) is None]
    table = np.array([entailment.signals(each.claim) for each in left])
    supported = np.array([each.is_supported for each in left])
    writers = np.array([each.writer for each in left])
    guessed = np.zeros(len(left))
    for writer in np.unique(writers):
        is_out = writers == writer
        guessed[is_out] = probabilities(fit(table[~is_out], supported[~is_out]), table[is_out])
    allowed = int(LET_THROUGH * sum(not each.is_supported for each in found))
    threshold = float(np.sort(guessed[~supported])[::-1][allowed])
    rejected = float(
        (guessed[supported] <= threshold).sum() + sum(each.is_supported for each in found) - supported.sum()
    )
    share = rejected / sum(each.is_supported for each in found)
    write_data(
        "entailment.json",
        {
            "provenance": f"python -m eval.fitting.entailment: logistic regression, weights ≤ 0, L2 {PENALTY}, on "
            f"{len(left)} of {len(found)} labelled sentences of eval/training/entailment (writers of their own) "
            f"to which no certain check objects; threshold where, leaving one writer out, {allowed} that must not "
            f"be shown would be; {share:.3f} of the supported ones would be rejected there",
            "signals": list(SIGNALS),
            "threshold": round(float(np.nextafter(threshold, 1.0)) + 1e-5, 5),
            "model": fit(table, supported),
        },
    )


def fit(table: Floats, supported: Mask) -> dict[str, object]:
    """A logistic model over standardised signals with weights of at most 0, as data."""
    mean, scale = np.zeros(table.shape[1]), np.maximum(table.std(axis=0), 1e-5)
    standardised = table / scale
    target = np.where(supported, 1.0, -1.0)

    def loss(parameters: Floats) -> float:
        weights, bias = parameters[:-1], parameters[-1]
        surprise = np.logaddexp(0.0, -target * (standardised @ weights + bias)).mean()
        return float(surprise) + PENALTY * float(weights @ weights)

    bounds = [*[(None, 0.0)] * table.shape[1], (None, None)]
    found: Floats = minimize(loss, np.zeros(table.shape[1] + 1), bounds=bounds).x
    return {
        "mean": mean.tolist(),
        "scale": scale.round(5).tolist(),
        "weights": found[:-1].round(5).tolist(),
        "bias": round(float(found[-1]), 5),
    }


def probabilities(model: dict[str, object], table: Floats) -> Floats:
    """What a model holds likely, a row each."""
    logistic = Logistic.read(model)
    return np.array([logistic.probability(row) for row in table])


if __name__ == "__main__":
    main()
