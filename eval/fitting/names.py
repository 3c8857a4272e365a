"""Fitting the model of names (rag.privacy.likely_name); writes it as data with its provenance.

    python -m eval.fitting.names

Names come from the labelled texts and tickets of the training split; each stands in its place also as other names, so
that the model learns places and forms rather than persons. Questions and letters of the training split have no names.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR
from eval.fitting.linear import fit_linear
from eval.fitting.weights import write_data
from ingest.corpus import load_corpus
from ingest.settings import load_settings
from rag.privacy import without_numbers
from rag.privacy.cues import cues
from rag.privacy.likely_name import LABELS, SIGNALS, context, is_plain, signals
from rag.privacy.possible_name import Possible, possible_names
from rag.privacy.span import Span
from rag.privacy.surname import HAN, is_han, surname
from rag.privacy.title import clearly_addressed

LABELLED = ("private", "callers", "supervisors", "journalist", "trainer", "reception", "moderator")
STRENGTH = 0.3
FEWEST = 5
VARIANTS = 8
COMMON = 100
"""Two thirds of the invented names have one of so many surnames, the commonest."""
RECALL = 0.975
"""Share of the names as they were written that the threshold lets through in cross-validation."""
PLAIN_SHARE = 0.6
"""Share of the texts without names that are taken; there are far more than of the others."""


@dataclass(frozen=True, slots=True)
class Named:
    """A text with the spans of its names; the variants of one text are one ``group``.

    Where surnames before a form of address are not labelled, ``has_addressed`` is false.
    """

    text: str
    names: frozenset[Span]
    group: str
    has_addressed: bool = True
    is_original: bool = False


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
    original = np.array([named.is_original for named, _ in examples])
    threshold = float(np.quantile(likely[is_name & original], 1 - RECALL))
    alarms = int(((likely >= threshold) & ~is_name & original).sum())
    summary = (
        f"{int((is_name & original).sum())} names, {int((~is_name & original).sum())} other places and their variants; "
        f"at the threshold {alarms} false alarms"
    )
    Console().print(summary)
    write_data(
        "names.json",
        {
            "provenance": f"python -m eval.fitting.names: logistic regression, C={STRENGTH}, {summary}; the threshold "
            f"lets {RECALL:.1%} of the names through in 5-fold cross-validation",
            "threshold": round(threshold, 4),
            **fitted.data,
        },
    )


def texts() -> Iterator[Named]:
    """Texts with names, their variants, and texts without any."""
    chance = random.Random(0)  # noqa: S311 - no secret
    for name in LABELLED:
        for row in _rows(f"hotline/{name}.jsonl"):
            spans = spans_in_order(row["text"], [each["text"] for each in row["private"]])
            names = [span for span, each in zip(spans, row["private"], strict=True) if each["kind"] == "name"]
            yield from _variants(Named(row["text"], frozenset(names), row["id"]), chance)
    for row in _rows("hotline/names.jsonl"):
        yield from _variants(
            Named(row["text"], frozenset(spans_in_order(row["text"], row["names"])), row["id"]), chance
        )
    for row in _rows("hotline/tickets.jsonl"):
        full = (each for each in row["private"] if re.fullmatch(f"{HAN}{{2,4}}", each))
        names = [match.span() for each in full for match in re.finditer(each, row["text"])]
        yield from _variants(Named(row["text"], frozenset(names), row["id"], has_addressed=False), chance)
    entry = load_corpus(load_settings().corpus_dir).notices[0]
    yield from (Named(source.text, frozenset(), source.key) for source in entry.notice.sources)
    banked = (each.question for each in entry.questions)
    letters = (row.get("question", "") for name in ("letters", "post", "pairs") for row in _rows(f"{name}.jsonl"))
    for number, text in enumerate([*banked, *letters]):
        if chance.random() < PLAIN_SHARE:
            yield Named(without_numbers(text), frozenset(), f"plain {number}", has_addressed=False)


def spans_in_order(text: str, pieces: Sequence[str]) -> list[Span]:
    """Where the pieces stand, each after the one before."""
    spans, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        spans.append((start, at))
    return spans


def _variants(named: Named, chance: random.Random) -> Iterator[Named]:
    yield replace(named, text=without_numbers(named.text), is_original=True)
    for _ in range(VARIANTS if named.names else 0):
        others = {named.text[start:end]: _invented(named.text[start:end], chance) for start, end in sorted(named.names)}
        varied, spans, at = "", [], 0
        for start, end in sorted(named.names):
            varied += named.text[at:start]
            other = others[named.text[start:end]]
            spans.append((len(varied), len(varied) + len(other)))
            varied, at = varied + other, end
        yield replace(named, text=without_numbers(varied + named.text[at:]), names=frozenset(spans))


def _invented(name: str, chance: random.Random) -> str:
    """Another name of the same form: a surname alone, a Chinese one in full, or one without surname."""
    data = cues()["name"]
    if not surname().match(name) or "·" in name:
        form = "latin" if not is_han(name, 0) else "dotted" if "·" in name else "given"
        alike: Sequence[str] = data["unlike"][form]
        return chance.choice(alike)
    surnames: Sequence[str] = (
        data["surnames"][:COMMON] if chance.random() < 2 / 3 else [*data["surnames"], *data["compound"]]
    )
    if surname().fullmatch(name):
        return chance.choice(surnames)
    given: str = chance.choice(data["given"]) + (chance.choice(data["given"]) if chance.random() < 0.7 else "")
    return chance.choice(surnames) + (given[0] * 2 if chance.random() < 0.05 else given)


def _tells(named: Named, each: Possible) -> bool:
    """Whether a place tells something: a part of a name is neither a name nor an ordinary word."""
    span = (each.start, each.end)
    if is_plain(named.text, each):
        return False
    if span in named.names:
        return True
    if not named.has_addressed and span in clearly_addressed(named.text):
        return False
    return not any(start < each.end and each.start < end for start, end in named.names)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRAINING_DIR / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
