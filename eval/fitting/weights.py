"""Fitting the weights of fusion and the verdict models on the training split; writes them as data with provenance.

    python -m eval.fitting.weights

The training split has writers of its own; no evaluation question is used.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import rag
from eval.dataset import TRAINING_DIR, Item, load_items
from eval.fitting.conditional_logit import NEAREST_QUESTIONS, examples, fit_weights
from ingest.index import Index, open_index
from ingest.settings import load_settings
from rag.confidence import SIGNALS, language_group, signals
from rag.fusion import FEATURES, Floats, Fusion, load_fusion
from rag.question import read_question
from rag.retriever import HybridRetriever

DATA_DIR = Path(rag.__file__).parent / "data"
# Strength of the L2 penalty: mild, so that a few hundred questions cannot carry a weight away.
VERDICT_C = 0.3
_DEPTH = 2


def main() -> None:
    """Fit on the training split and write rag/data/fusion.json and rag/data/confidence.json."""
    index = open_index(load_settings())
    items = load_items(TRAINING_DIR)
    weights = fit_weights(examples(index, items))
    write_data(
        "fusion.json",
        {
            "provenance": provenance(
                "eval.fitting.weights", "conditional logit over all sources, answerable questions", items
            ),
            "nearest_questions": NEAREST_QUESTIONS,
            "weights": dict(zip(FEATURES, (round(weight, 4) for weight in weights), strict=True)),
        },
    )
    # Whether another place is meant is not for the signals of retrieval to tell.
    items = [item for item in items if item.type != "other_place"]
    items += [in_pinyin(item) for item in items if item.language == "zh"]
    verdicts: dict[str, object] = {
        "provenance": provenance(
            "eval.fitting.weights",
            f"logistic regression, C={VERDICT_C}, on standardised signals, by language group (the Chinese questions "
            "once more in pinyin)",
            items,
        ),
        "signals": list(SIGNALS),
    }
    write_data("confidence.json", verdicts | fit_verdicts(index, items, load_fusion()))


def in_pinyin(item: Item) -> Item:
    """The same question typed in pinyin."""
    return replace(item, question=" ".join(lazy_pinyin(item.question, errors="ignore")))


def fit_verdicts(index: Index, items: Sequence[Item], fusion: Fusion) -> dict[str, object]:
    """For each language group, the models of both verdicts (covered; first candidate right)."""
    retriever = HybridRetriever(index=index, k=2, fusion=fusion)
    questions = [read_question(item.question) for item in items]
    found = [retriever.candidates(question.text) for question in questions]
    table = np.array([signals(*pair) for pair in zip(questions, found, strict=True)])
    fitting = [item.gold | item.also_ok for item in items]
    covered = np.array([bool(keys) for keys in fitting])
    right = np.array([candidates[0].source.key in keys for candidates, keys in zip(found, fitting, strict=True)])
    groups = np.array([language_group(question) for question in questions])
    return {
        str(group): {
            "questions": int(rows.sum()),
            "covered": fit_logistic(table[rows], covered[rows]),
            "right": fit_logistic(table[rows], right[rows]),
        }
        for group in np.unique(groups)
        if (rows := groups == group).any()
    }


def fit_logistic(table: Floats, target: NDArray[np.bool_], *, is_balanced: bool = False) -> dict[str, object]:
    """A logistic model over standardised signals, as data; balanced, as if both outcomes were equally common."""
    logistic = LogisticRegression(C=VERDICT_C, max_iter=1000, class_weight="balanced" if is_balanced else None)
    scaler, model = make_pipeline(StandardScaler(), logistic).fit(table, target)
    return {
        "mean": scaler.mean_.round(5).tolist(),
        "scale": np.maximum(scaler.scale_, 1e-5).round(5).tolist(),
        "weights": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
    }


def provenance(module: str, method: str, items: Sequence[Item]) -> str:
    """Where a data file of this package comes from."""
    return f"python -m {module}: {method}; {len(items)} training questions of eval/training (writers of their own)"


def write_data(name: str, data: dict[str, object]) -> None:
    """Write a data file of rag, a line for each entry: lists without objects in them are not spread out."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    spread = re.compile(r'\[\n[^\[\]{}"]*\n *\]|\[\n *[-\d.]+,\n *\[[^\[\]{}"]*\]\n *\]')
    for _ in range(_DEPTH):
        text = spread.sub(lambda found: re.sub(r"\n *", " ", found.group()).replace("[ ", "[").replace(" ]", "]"), text)
    (DATA_DIR / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
