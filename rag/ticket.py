"""A hotline ticket taken apart: the demands in it, in order, told from greetings, background and anger.

Every clause begins a demand, goes on with one, or is none: a small linear model (rag/data/ticket.json, fitted by
eval.fitting.ticket) decides by the clause's words, its neighbours' and its place.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.asking import asks
from rag.clause import Clause, clauses, place
from rag.fusion import Floats
from rag.linear import LinearModel

LABELS = ("begins", "goes on", "none")
SIGNALS = (
    "asks",
    "requests",
    "enumerates",
    "hotline agent speaks",
    "place in the ticket",
    "first clause of a sentence",
    "last clause of a sentence",
    "short",
    "long",
    "clause before asks",
    "clause before requests",
    "clause after asks",
    "clause after requests",
    "last clause that asks",
    "first clause that asks",
    "nothing in the ticket asks",
    "private data",
    "clause before is of the same sentence",
)
HINTED, ANOTHER = 0.1, 4.0
"""A clause so likely to be of a demand may be one; it begins another only if that is so many times as likely as that it
goes on with the one before (how they were set: docs/eval.md)."""

LIKELY = 0.6
"""What is so likely a demand is one; an excerpt that somebody takes for a demand makes it so likely (docs/eval.md)."""

Span = tuple[int, int]
"""First and last clause of a stretch."""

_DATA_DIR = Path(__file__).parent / "data"
_PRIVATE = re.compile("〔[^〕]+〕")
_SHORT, _LONG = 5, 16


@dataclass(frozen=True, slots=True)
class Demand:
    """One need in a ticket: its words, and ``context``, the words with what the caller told around them.

    ``likely`` is the probability that there is a need at all.
    """

    text: str
    context: str
    likely: float


def read_ticket(text: str, excerpts: Sequence[str] = ()) -> tuple[Demand, ...]:
    """What may be demands in a masked ticket, in order; at least one, the likeliest clause.

    Each of ``excerpts`` is a vote: the demands that it overlaps are likely; where there are none, it is one.
    """
    found = clauses(text)
    if not found:
        return (Demand(text.strip(), text.strip(), 1.0),)
    labels = classify(found)
    likely = [1.0 - each["none"] for each in labels]
    best = max(range(len(found)), key=likely.__getitem__)
    votes = [vote for each in excerpts if (vote := place(found, each))]
    spans = _with_votes(_demand_spans(labels), votes) or [(best, best)]
    bounds = [0, *(found[last].end for _, last in spans[:-1]), len(text)]
    return tuple(
        Demand(
            text[found[first].start : found[last].end].strip(),
            text[bounds[at] : bounds[at + 1]].strip(),
            max(*likely[first : last + 1], LIKELY if any(_overlap((first, last), vote) for vote in votes) else 0.0),
        )
        for at, (first, last) in enumerate(spans)
    )


def classify(found: Sequence[Clause]) -> list[dict[str, float]]:
    """The probability of each label for each clause."""
    table = signals(found)
    return [_model().probabilities(table[at], words(found, at)) for at in range(len(found))]


def signals(found: Sequence[Clause]) -> Floats:
    """The values of SIGNALS, a row for each clause."""
    asking = [asks(clause.text) and not clause.by_agent for clause in found]
    requesting = [_says("request", clause.text) for clause in found]
    last, first = (
        max((at for at, each in enumerate(asking) if each), default=-1),
        next((at for at, each in enumerate(asking) if each), -1),
    )
    count = len(found)
    rows = []
    for at, clause in enumerate(found):
        rows.append(
            [
                asking[at],
                requesting[at],
                _says("enumerate", clause.text),
                clause.by_agent,
                at / max(count - 1, 1),
                at == 0 or found[at - 1].ends,
                clause.ends,
                len(clause.text) < _SHORT,
                len(clause.text) > _LONG,
                at > 0 and asking[at - 1],
                at > 0 and requesting[at - 1],
                at + 1 < count and asking[at + 1],
                at + 1 < count and requesting[at + 1],
                at == last,
                at == first,
                last < 0,
                _PRIVATE.search(clause.text) is not None,
                at > 0 and not found[at - 1].ends,
            ]
        )
    return np.array(rows, dtype=float)


def words(found: Sequence[Clause], at: int) -> str:
    """What the model reads of a clause: its words between the end of the one before and the start of the next."""
    before = found[at - 1].text[-3:] + ("。" if found[at - 1].ends else ",") if at else "^"
    after = found[at + 1].text[:3] if at + 1 < len(found) else "$"
    return f"{before}<{found[at].text}>{after}"


def _demand_spans(labels: Sequence[dict[str, float]]) -> list[Span]:
    """The span of each demand."""
    spans: list[Span] = []
    for at, each in enumerate(labels):
        if 1.0 - each["none"] < HINTED:
            continue
        goes_on = spans and spans[-1][1] == at - 1 and each["begins"] <= ANOTHER * each["goes on"]
        if goes_on:
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((at, at))
    return spans


def _with_votes(spans: Sequence[Span], votes: Sequence[Span]) -> list[Span]:
    """The spans, and the votes that overlap none of them, in order."""
    joined = list(spans)
    for vote in votes:
        if not any(_overlap(vote, span) for span in joined):
            joined.append(vote)
    return sorted(joined)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _says(cue: str, text: str) -> bool:
    return _cues()[cue].search(text) is not None


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((_DATA_DIR / "ticket.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data["cues"].items()}


@lru_cache(maxsize=1)
def _model() -> LinearModel:
    return LinearModel.read(_DATA_DIR / "ticket.json", SIGNALS)
