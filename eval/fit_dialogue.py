"""Fitting the model that tells whether a question leans on what was said before (rag.leaning).

    python -m eval.fit_dialogue

The conversations of eval/training/dialogue have writers of their own; each notes in brackets, or as ``turn``, how its
last question hangs together with what was said before.
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

from eval.dataset import TRAINING_DIR
from eval.fit import VERDICT_C, fit_logistic, write_data
from ingest.index import open_index
from ingest.settings import load_settings
from rag.confidence import judge
from rag.leaning import SIGNALS, shows, signals
from rag.question import read_question
from rag.retriever import HybridRetriever

DIALOGUE_DIR = TRAINING_DIR / "dialogue"
NEITHER = ("thanks", "elsewhere")
"""Such turns are recognised before anybody asks whether they lean on something."""


def main() -> None:
    """Fit, print the accuracy in cross-validation, write rag/data/dialogue.json."""
    retriever = HybridRetriever(index=open_index(load_settings()))
    turns = [(turn_of(row), read_question(row["question"])) for row in conversations()]
    turns = [(turn, question) for turn, question in turns if turn not in NEITHER]
    turns = [(turn, question) for turn, question in turns if not shows("correction", question.text)]
    table = []
    for _, question in turns:
        found = retriever.candidates(question.text)
        table.append(signals(question.text, judge(question, found), found))
    leaning = np.array([turn != "new" for turn, _ in turns])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=VERDICT_C, max_iter=1000))
    guessed = cross_val_predict(model, np.array(table), leaning, cv=10)
    accuracy = float((guessed == leaning).mean())
    write_data(
        "dialogue.json",
        {
            "provenance": f"python -m eval.fit_dialogue: logistic regression, C={VERDICT_C}, {len(turns)} last "
            f"questions of eval/training/dialogue; accuracy in 10-fold cross-validation {accuracy:.3f}",
            "signals": list(SIGNALS),
            "leans": fit_logistic(np.array(table), leaning),
        },
    )
    Console().print(f"n={len(turns)} accuracy {accuracy:.3f}")


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
