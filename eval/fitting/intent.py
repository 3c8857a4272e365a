"""Fitting the model of intents (rag.intent) on the intent bank; writes it as data with its provenance.

    python -m eval.fitting.intent

The intent bank (eval/intents.jsonl) and the training requests (eval/training/requests) have writers of their own.
Ordinary questions of the training split and of the question bank are further examples of ``which_office``.
"""

import json
from collections.abc import Iterator
from typing import get_args

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR, load_items
from eval.fitting.linear import fit_linear
from eval.fitting.weights import write_data
from ingest.corpus import Corpus, load_corpus
from ingest.errors import PolicyQAError
from ingest.settings import load_settings
from rag.answer import Intent
from rag.form import FormReader
from rag.intent import INTENTS, cue_names, cues
from rag.question import read_question

INTENTS_FILE = TRAINING_DIR / "intents" / "trainer.jsonl"
REQUESTS_DIR = TRAINING_DIR / "requests"
STRENGTH = 1.0
FEWEST = 20


def main() -> None:
    """Fit, print precision and recall in cross-validation, write rag/data/intent.json."""
    console = Console()
    corpus = load_corpus(load_settings().corpus_dir)
    reader = FormReader(corpus)
    labelled = {}
    for question, intent in examples(corpus):
        try:
            labelled[reader.read(read_question(question).text)] = intent
        except PolicyQAError as error:
            console.print(f"left out: {error}")
    forms, targets = list(labelled), list(labelled.values())
    table = np.array([cues(form) for form in forms])
    fitted = fit_linear(INTENTS, targets, cue_names(), table, forms, forms, STRENGTH, FEWEST)
    write_data(
        "intent.json",
        {
            "provenance": f"python -m eval.fitting.intent: multinomial logistic regression, C={STRENGTH}, {len(forms)} "
            f"questions; accuracy in 5-fold cross-validation {fitted.accuracy:.3f}",
            **fitted.data,
        },
    )
    for number, intent in enumerate(INTENTS):
        is_so, said = np.array(targets) == intent, fitted.guessed == number
        hits = int((is_so & said).sum())
        precision, recall = hits / max(said.sum(), 1), hits / is_so.sum()
        console.print(f"{intent:12} n={int(is_so.sum()):4} precision {precision:.3f} recall {recall:.3f}")


def examples(corpus: Corpus) -> Iterator[tuple[str, Intent]]:
    """Every question whose intent is known."""
    for banked in corpus.notices[0].questions:
        yield banked.question, "which_office"
    for item in load_items(TRAINING_DIR):
        if item.gold or item.also_ok:
            yield item.question, "which_office"
    paths = (INTENTS_FILE, *sorted(REQUESTS_DIR.glob("*.jsonl")))
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        yield row["question"], _intent(row.get("intent") or row["kind"])


def _intent(kind: str) -> Intent:
    """The intent of a kind of request; counts are lists, and what has no form of its own is an ordinary question."""
    by_name: dict[str, Intent] = {intent: intent for intent in get_args(Intent) if intent in INTENTS}
    return by_name.get("list" if kind == "count" else kind, "which_office")


if __name__ == "__main__":
    main()
