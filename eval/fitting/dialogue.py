"""Fitting the model that tells whether a question leans on what was said before (rag.leaning).

    python -m eval.fitting.dialogue

The conversations of eval/training/dialogue have writers of their own; each notes in brackets, or as ``turn``, how its
last question hangs together with what was said before. Beside them stand single questions of the training sets, which
lean on nothing: those that the notice does not deal with, so that a change of subject is not mistaken for a follow-up
that is hard to understand, and some of those that it answers.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.dataset import TRAINING_DIR, Item, load_items
from eval.fitting.weights import VERDICT_C, fit_logistic, write_data
from ingest.index import open_index
from ingest.settings import load_settings
from rag.confidence import judge
from rag.leaning import SIGNALS, shows, signals
from rag.question import read_question
from rag.retriever import HybridRetriever

EVERY = 5
"""Of the many answerable questions so few are taken that the others are not drowned."""

DIALOGUE_DIR = TRAINING_DIR / "dialogue"
NEITHER = ("thanks", "elsewhere")
"""Such turns are recognised before anybody asks whether they lean on something."""


def main() -> None:
    """Fit, print what cross-validation recognises, write rag/data/dialogue.json."""
    retriever = HybridRetriever(index=open_index(load_settings()))
    turns = [(turn_of(row), read_question(row["question"])) for row in conversations()]
    turns = [(turn, question) for turn, question in turns if turn not in NEITHER]
    turns = [(turn, question) for turn, question in turns if not shows("correction", question.text)]
    told = len(turns)
    turns += [("new", read_question(item.question)) for item in single()]
    table = []
    for _, question in turns:
        found = retriever.candidates(question.text)
        table.append(signals(question.text, judge(question, found), found))
    leaning = np.array([turn != "new" for turn, _ in turns])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=VERDICT_C, max_iter=1000, class_weight="balanced"))
    guessed = cross_val_predict(model, np.array(table), leaning, cv=10)
    recall, alone = float(guessed[leaning].mean()), float(1 - guessed[~leaning].mean())
    write_data(
        "dialogue.json",
        {
            "provenance": f"python -m eval.fitting.dialogue: balanced logistic regression, C={VERDICT_C}, {told} last "
            f"questions of eval/training/dialogue and {len(turns) - told} single ones of eval/training; in 10-fold "
            f"cross-validation {recall:.3f} of those that lean and {alone:.3f} of the others are recognised",
            "signals": list(SIGNALS),
            "leans": fit_logistic(np.array(table), leaning, is_balanced=True),
        },
    )
    Console().print(f"n={len(turns)} leaning {recall:.3f} standing alone {alone:.3f}")


def single() -> list[Item]:
    """Questions that were asked without anything before them: all that are outside, every fifth of the answerable."""
    items = load_items(TRAINING_DIR)
    outside = [item for item in items if item.expected == "refused"]
    return outside + [item for item in items if item.answerable][::EVERY]


def conversations() -> list[Mapping[str, Any]]:
    """All conversations of the training split."""
    lines = [
        line for path in sorted(DIALOGUE_DIR.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines]


def turn_of(row: Mapping[str, Any]) -> str:
    """How the last question of a conversation hangs together with the others."""
    noted = re.match(r"\[(\w+)", row["note"])
    return str(row.get("turn") or (noted[1] if noted else ""))


if __name__ == "__main__":
    main()
