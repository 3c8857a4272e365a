"""Fitting the model of demands (rag.ticket) on the training tickets; writes it as data with its provenance.

python -m eval.fitting.ticket
"""

import json
from typing import Any

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR
from eval.fitting.linear import fit_linear
from eval.fitting.weights import write_data
from rag.clause import Clause, clauses
from rag.ticket import LABELS, SIGNALS, signals, words

TICKETS = ("tickets", "agents", "operator", "shift_leader")
STRENGTH = 0.2
FEWEST = 3


def main() -> None:
    """Fit, print precision and recall of each label in cross-validation, write rag/data/ticket.json."""
    tickets = [ticket for name in TICKETS for ticket in _rows(name)]
    tables, texts, targets, groups = [], [], [], []
    for ticket in tickets:
        found = clauses(ticket["text"])
        tables.append(signals(found))
        texts += [words(found, at) for at in range(len(found))]
        targets += labels(found, ticket)
        groups += [ticket["id"]] * len(found)
    fitted = fit_linear(LABELS, targets, SIGNALS, np.concatenate(tables), texts, groups, STRENGTH, FEWEST)
    write_data(
        "ticket.json",
        {
            "provenance": f"python -m eval.fitting.ticket: multinomial logistic regression, C={STRENGTH}, "
            f"{len(tickets)} tickets, {len(texts)} clauses; accuracy in 5-fold cross-validation {fitted.accuracy:.3f}",
            **fitted.data,
        },
    )
    console = Console()
    for number, label in enumerate(LABELS):
        is_so, said = np.array(targets) == label, fitted.guessed == number
        hits = int((is_so & said).sum())
        console.print(
            f"{label:8} n={int(is_so.sum()):4} precision {hits / said.sum():.3f} recall {hits / is_so.sum():.3f}"
        )


def labels(found: tuple[Clause, ...], ticket: dict[str, Any]) -> list[str]:
    """The true label of each clause."""
    spans = [(start := ticket["text"].index(each["span"]), start + len(each["span"])) for each in ticket["demands"]]
    true = []
    begun: set[int] = set()
    for clause in found:
        inside = next((at for at, (start, end) in enumerate(spans) if start < clause.end and clause.start < end), None)
        true.append("none" if inside is None else "goes on" if inside in begun else "begins")
        begun |= {inside} if inside is not None else set()
    return true


def _rows(name: str) -> list[dict[str, Any]]:
    path = TRAINING_DIR / "hotline" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
