"""Fitting the weights of fusion and the verdict models on the training split; writes them as data with provenance.

    python -m eval.fit

The training split has writers of its own; no evaluation question is used.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

import rag
from eval.dataset import TRAINING_DIR, Item, load_items
from ingest.index import Index, open_index
from ingest.settings import load_settings
from rag.candidate import Candidate
from rag.confidence import SIGNALS, language_group, signals
from rag.fusion import FEATURES, Fusion, default_fusion, standardise
from rag.question import read_question
from rag.retriever import HybridRetriever

DATA_DIR = Path(rag.__file__).parent / "data"
# Strengths of the L2 penalties: mild, so that a hundred questions cannot carry a weight away.
FUSION_PENALTY, VERDICT_C = 0.01, 0.3
FOLDS = 10

Floats = NDArray[np.float64]


def main() -> None:
    """Fit on the training split and write rag/data/fusion.json and rag/data/confidence.json."""
    index = open_index(load_settings())
    items = load_items(TRAINING_DIR)
    fusion = fit_fusion(index, items)
    _write(
        "fusion.json",
        {
            "provenance": _provenance("conditional logit over all sources, answerable questions only", items),
            "nearest_questions": fusion.nearest_questions,
            "weights": dict(zip(FEATURES, (round(weight, 4) for weight in fusion.weights), strict=True)),
        },
    )
    verdicts: dict[str, object] = {
        "provenance": _provenance(
            f"logistic regression, C={VERDICT_C}, on standardised signals, by language group; "
            f"threshold of the best balanced accuracy in {FOLDS}-fold cross-validation",
            items,
        ),
        "signals": list(SIGNALS),
    }
    _write("confidence.json", verdicts | fit_verdicts(index, items, fusion))


def fit_fusion(index: Index, items: Sequence[Item]) -> Fusion:
    """Weights that maximise the probability (softmax over all sources) of the gold source."""
    nearest = default_fusion().nearest_questions
    start = np.array(default_fusion().weights)
    retriever = HybridRetriever(index=index, k=len(index.lexicon.source_ids))
    rows: list[tuple[Floats, NDArray[np.bool_]]] = []
    for item in items:
        if item.gold:
            found = _candidates(retriever, item)
            table = np.array([[candidate.features[name] for name in FEATURES] for candidate in found])
            rows.append((standardise(table), np.array([candidate.source.key in item.gold for candidate in found])))

    def loss(weights: Floats) -> float:
        total = 0.0
        for table, is_gold in rows:
            scores = table @ weights
            scores -= scores.max()
            total += float(np.log(np.exp(scores).sum()) - np.log(np.exp(scores[is_gold]).sum()))
        return total / len(rows) + FUSION_PENALTY * float(weights @ weights)

    # More of any evidence never speaks against a source.
    found_weights = minimize(loss, start, bounds=[(0.0, None)] * len(FEATURES)).x
    return Fusion(tuple(found_weights.tolist()), nearest)


def fit_verdicts(index: Index, items: Sequence[Item], fusion: Fusion) -> dict[str, object]:
    """For each language group, the models of both verdicts (covered; first candidate right) and the threshold."""
    retriever = HybridRetriever(index=index, k=2, fusion=fusion)
    questions = [read_question(item.question) for item in items]
    found = [_candidates(retriever, item) for item in items]
    table = np.array([signals(*pair) for pair in zip(questions, found, strict=True)])
    fitting = [item.gold | item.also_ok for item in items]
    covered = np.array([bool(keys) for keys in fitting])
    right = np.array([candidates[0].source.key in keys for candidates, keys in zip(found, fitting, strict=True)])
    groups = np.array([language_group(question) for question in questions])
    return {
        str(group): {
            "questions": int(rows.sum()),
            "threshold": _best_threshold(table[rows], covered[rows]),
            "covered": _fit_logistic(table[rows], covered[rows]),
            "right": _fit_logistic(table[rows], right[rows]),
        }
        for group in np.unique(groups)
        if (rows := groups == group).any()
    }


def _model() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=VERDICT_C, max_iter=1000))


def _best_threshold(table: Floats, covered: NDArray[np.bool_]) -> float:
    probabilities = cross_val_predict(_model(), table, covered, cv=FOLDS, method="predict_proba")[:, 1]
    grid = np.arange(0.3, 0.91, 0.05)
    balanced = [balanced_accuracy_score(covered, probabilities >= threshold) for threshold in grid]
    return round(float(grid[int(np.argmax(balanced))]), 2)


def _candidates(retriever: HybridRetriever, item: Item) -> list[Candidate]:
    return retriever.candidates(read_question(item.question).text)


def _fit_logistic(table: Floats, target: NDArray[np.bool_]) -> dict[str, object]:
    scaler, model = _model().fit(table, target)
    return {
        "mean": scaler.mean_.round(5).tolist(),
        "scale": scaler.scale_.round(5).tolist(),
        "weights": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
    }


def _provenance(method: str, items: Sequence[Item]) -> str:
    return f"python -m eval.fit: {method}; {len(items)} training questions of eval/training (writers of their own)"


def _write(name: str, data: dict[str, object]) -> None:
    (DATA_DIR / name).write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
