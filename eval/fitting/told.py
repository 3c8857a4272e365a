"""Fitting how what was told around a demand joins it (rag.told), on the demands in the training tickets.

python -m eval.fitting.told
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from eval.dataset import TRAINING_DIR
from eval.fitting.weights import fit_logistic, write_data
from eval.tickets.matching import matching
from ingest.index import Index, open_index
from ingest.settings import load_settings
from rag.fusion import Floats
from rag.privacy import mask, unmarked
from rag.question import MAX_LENGTH, read_question
from rag.retriever import HybridRetriever
from rag.ticket import read_ticket
from rag.told import Heard, signals

TICKETS = ("tickets", "agents", "operator", "shift_leader")
PENALTY = 0.01
"""Strength of the L2 penalty on the weights: mild, as in eval.fitting.conditional_logit."""
_START = (0.5, 0.3, 0.2)


@dataclass(frozen=True, slots=True)
class Example:
    """A demand as it was heard alone, in context and in the whole ticket; the sources that are right, if any."""

    heard: tuple[Heard, Heard, Heard]
    right: frozenset[str]

    def scores(self) -> tuple[Floats, list[str]]:
        """Fused scores, a row for each source that is right or not, a column for each way of hearing; their ids."""
        tables = [{each.source_id: each.fused for each in heard.candidates} for heard in self.heard]
        names = list(tables[0])
        return np.array([[table[name] for table in tables] for name in names]), names


def main() -> None:
    """Fit on the training tickets and write rag/data/told.json."""
    found = list(examples(open_index(load_settings())))
    inside = [each for each in found if each.right]
    weights = fit_weights(inside)
    table = np.array([signals(each.heard[0], each.heard[1]) for each in found])
    covered = np.array([bool(each.right) for each in found])
    right = np.array([_first(each, weights) in each.right for each in found])
    write_data(
        "told.json",
        {
            "provenance": f"python -m eval.fitting.told: conditional logit over all sources for the weights, logistic "
            f"regression for the verdicts (whether it is covered, at even odds); {len(found)} demands in the training "
            f"tickets, {len(inside)} of them inside",
            "weights": [round(float(weight), 4) for weight in weights],
            "covered": fit_logistic(table, covered, is_balanced=True),
            "right": fit_logistic(table, right),
        },
    )


def examples(index: Index) -> Iterator[Example]:
    """The demands of the training tickets, as they are cut out of them."""
    retriever = HybridRetriever(index=index)
    every = len(index.corpus.notices[0].notice.sources) + 1

    def hear(text: str) -> Heard:
        question = read_question(unmarked(text)[:MAX_LENGTH], "zh")
        return Heard(question, tuple(retriever.candidates(question.text, k=every)))

    for path in (TRAINING_DIR / "hotline" / f"{name}.jsonl" for name in TICKETS):
        for ticket in _rows(path):
            masked = mask(ticket["text"])
            demands = read_ticket(masked)
            for each in ticket["demands"]:
                if demand := matching(each["span"], demands):
                    right = (f"hongkou-2025/{key}" for key in (*each["gold"], *each["also_ok"]) if each["gold"])
                    yield Example((hear(demand.text), hear(demand.context), hear(masked)), frozenset(right))


def fit_weights(found: Sequence[Example]) -> Floats:
    """Weights that make the right sources most probable among all."""
    tables = [each.scores() for each in found]
    golds = [np.array([name in each.right for name in names]) for each, (_, names) in zip(found, tables, strict=True)]

    def loss(weights: Floats) -> float:
        totals = (table @ weights for table, _ in tables)
        surprise = sum(logsumexp(total) - logsumexp(total[gold]) for total, gold in zip(totals, golds, strict=True))
        return float(surprise) / len(found) + PENALTY * float(weights @ weights)

    fitted: Floats = minimize(loss, np.array(_START), bounds=[(0.0, None)] * len(_START)).x
    return fitted


def _first(example: Example, weights: Floats) -> str:
    table, names = example.scores()
    return names[int((table @ weights).argmax())]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
