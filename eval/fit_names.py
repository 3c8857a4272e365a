"""Fitting the model of full names (rag.privacy.full_name); writes it as data with its provenance.

    python -m eval.fit_names

Names come from the labelled texts and tickets of the training split; each stands in its place also as other names, so
that the model learns places and forms rather than persons. Questions and letters of the training split have no names.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR
from eval.fit import write_data
from eval.linear import fit_linear
from ingest.corpus import load_corpus
from ingest.settings import load_settings
from rag.privacy import without_numbers
from rag.privacy.cues import cues
from rag.privacy.full_name import FORMS, LABELS, SIGNALS, Possible, context, form, possible_names, signals

STRENGTH = 0.3
FEWEST = 5
VARIANTS = 8
COMMON = 100
"""Two thirds of the invented names have one of so many surnames, the commonest."""
RECALL = 0.965
"""Share of the names of each form that its threshold lets through in cross-validation."""
PLAIN_SHARE = 0.6
"""Share of the texts without names that are taken; there are far more than of the others."""


@dataclass(frozen=True, slots=True)
class Named:
    """A text with the spans of its full names; the variants of one text are one ``group``."""

    text: str
    names: frozenset[tuple[int, int]]
    group: str


def main() -> None:
    """Fit, print recall and false alarms in cross-validation, write rag/data/names.json."""
    examples = [(named, each) for named in texts() for each in possible_names(named.text) if _tells(named, each)]
    targets = [LABELS[(each.start, each.end) not in named.names] for named, each in examples]
    fitted = fit_linear(
        LABELS,
        targets,
        SIGNALS,
        np.array([signals(named.text, each) for named, each in examples]),
        [context(named.text, each) for named, each in examples],
        [named.group for named, _ in examples],
        STRENGTH,
        FEWEST,
    )
    likely, is_name = fitted.likely[:, 0], np.array(targets) == LABELS[0]
    forms = np.array([form(named.text, each) for named, each in examples])
    thresholds = {each: float(np.quantile(likely[is_name & (forms == each)], 1 - RECALL)) for each in FORMS}
    alarms = int(((likely >= np.vectorize(thresholds.get)(forms)) & ~is_name).sum())
    summary = (
        f"{int(is_name.sum())} names, {int((~is_name).sum())} other places; at the thresholds {alarms} false alarms"
    )
    Console().print(summary)
    write_data(
        "names.json",
        {
            "provenance": f"python -m eval.fit_names: logistic regression, C={STRENGTH}, {summary}; the thresholds let "
            f"{RECALL:.1%} of the names of each form through in 5-fold cross-validation",
            "thresholds": {name: round(value, 4) for name, value in thresholds.items()},
            **fitted.data,
        },
    )


def texts() -> Iterator[Named]:
    """Texts with names, their variants, and texts without any."""
    chance = random.Random(0)  # noqa: S311 - no secret
    for name in ("private", "callers"):
        for row in _rows(f"hotline/{name}.jsonl"):
            names = [each["text"] for each in row["private"] if each["kind"] == "name" and len(each["text"]) > 1]
            yield from _variants(row["id"], row["text"], names, chance)
    for row in _rows("hotline/names.jsonl"):
        yield from _variants(row["id"], row["text"], [each for each in row["names"] if len(each) > 1], chance)
    for row in _rows("hotline/tickets.jsonl"):
        names = [each for each in row["private"] if 1 < len(each) <= 4 and all("一" <= char <= "鿿" for char in each)]
        yield from _variants(row["id"], row["text"], names, chance)
    entry = load_corpus(load_settings().corpus_dir).notices[0]
    yield from (Named(source.text, frozenset(), source.key) for source in entry.notice.sources)
    banked = (each.question for each in entry.questions)
    letters = (row.get("question", "") for name in ("letters", "post", "pairs") for row in _rows(f"{name}.jsonl"))
    for number, text in enumerate([*banked, *letters]):
        if chance.random() < PLAIN_SHARE:
            yield Named(without_numbers(text), frozenset(), f"plain {number}")


def _variants(group: str, text: str, names: list[str], chance: random.Random) -> Iterator[Named]:
    yield _named(group, text, names)
    for _ in range(VARIANTS if names else 0):
        others = {name: _invented(chance) if "一" <= name[0] <= "鿿" else name for name in dict.fromkeys(names)}
        varied = text
        for name, other in others.items():
            varied = varied.replace(name, other)
        yield _named(group, varied, list(others.values()))


def _named(group: str, text: str, names: list[str]) -> Named:
    plain = without_numbers(text)
    spans = {(at, at + len(name)) for name in names for at in range(len(text)) if text.startswith(name, at)}
    return Named(plain, frozenset(spans), group)


def _invented(chance: random.Random) -> str:
    data = cues()["name"]
    surnames: Sequence[str] = (
        data["surnames"][:COMMON] if chance.random() < 2 / 3 else [*data["surnames"], *data["compound"]]
    )
    given: str = chance.choice(data["given"]) + (chance.choice(data["given"]) if chance.random() < 0.7 else "")
    return chance.choice(surnames) + (given[0] * 2 if chance.random() < 0.05 else given)


def _tells(named: Named, each: Possible) -> bool:
    """Whether a place tells something: a part of a name is neither a name nor an ordinary word."""
    span = (each.start, each.end)
    return span in named.names or not any(start < each.end and each.start < end for start, end in named.names)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRAINING_DIR / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
