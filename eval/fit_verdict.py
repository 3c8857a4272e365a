"""Fitting the model of verdicts (rag.verdict) on the training split; writes it as data with its provenance.

python -m eval.fit_verdict
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR
from eval.fit import write_data
from eval.fit_dialogue import conversations, turn_of
from eval.linear import fit_linear
from ingest.corpus import CorpusNotice
from ingest.index import open_index
from ingest.settings import load_settings
from rag.question import Question, read_question
from rag.retriever import HybridRetriever
from rag.verdict import VERDICTS, Verdict, signal_names, signals, words

STRENGTH = 0.3
FEWEST = 4
LEANING = ("ellipsis", "pronoun", "ordinal", "back", "missing")
"""How the last question of a conversation hangs together with the others, where it leans on one source."""

KINDS = ("outside", "control")
"""The kinds of requests that tell about verdicts; lists, attacks and other places are recognised before."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its true verdict; examples of one ``group`` are variants of each other."""

    question: Question
    verdict: Verdict
    set: str
    group: str


def main() -> None:
    """Fit, print the accuracy in cross-validation by set and by verdict, write rag/data/verdict.json."""
    index = open_index(load_settings())
    retriever = HybridRetriever(index=index)
    found = [*examples(), *follow_ups(index.corpus.notices[0])]
    fitted = fit_linear(
        VERDICTS,
        [example.verdict for example in found],
        signal_names(),
        np.array([signals(each.question, retriever.candidates(each.question.text)) for each in found]),
        [words(example.question) for example in found],
        [example.group for example in found],
        STRENGTH,
        FEWEST,
    )
    write_data(
        "verdict.json",
        {
            "provenance": f"python -m eval.fit_verdict: multinomial logistic regression, C={STRENGTH}, {len(found)} "
            f"questions of eval/training; accuracy in 5-fold cross-validation {fitted.accuracy:.3f}",
            **fitted.data,
        },
    )
    console = Console()
    right = np.array([VERDICTS[guess] == example.verdict for guess, example in zip(fitted.guessed, found, strict=True)])
    for title, names in (("set", [each.set for each in found]), ("verdict", [each.verdict for each in found])):
        for name in sorted(set(names)):
            rows = np.array(names) == name
            console.print(f"{title} {name}: n={rows.sum()} accuracy {right[rows].mean():.3f}")


def examples() -> list[Example]:
    """All questions of the training split whose verdict is known."""
    paths = [*sorted(TRAINING_DIR.glob("*.jsonl")), TRAINING_DIR / "requests" / "redteam.jsonl"]
    rows = [(path.stem, json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Example(read_question(row["question"]), verdict, name, row.get("pair", row["id"]))
        for name, row in rows
        if (verdict := _verdict(row))
    ]


def follow_ups(entry: CorpusNotice) -> Iterator[Example]:
    """The follow-ups of the training conversations, with the title that they lean on said before them."""
    for row in conversations():
        keys = row["gold"] or row["also_ok"]
        if turn_of(row) in LEANING and row["status"] in VERDICTS and keys:
            text = f"{entry.source(keys[0]).title}:{row['question']}"
            yield Example(read_question(text), row["status"], "follow_ups", row["id"])


def _verdict(row: Mapping[str, Any]) -> Verdict | None:
    if row.get("kind", "outside") not in KINDS or row["type"] == "other_place":
        return None
    if "verdict" in row:
        verdict: Verdict = row["verdict"]
        return verdict
    return "answered" if row["answerable"] else "partial" if row["also_ok"] else "outside"


if __name__ == "__main__":
    main()
