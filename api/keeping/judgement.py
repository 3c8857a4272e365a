"""What people said of an exchange, and what follows of how it has to be answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.contract import KeyRole
from api.keeping.journal import UNNAMED
from api.store import Candidate, Decision, Exchange

Speaker = KeyRole | Literal["staff"]
"""By the role of the key; ``staff`` are people known by name whose role is not kept: they signed in elsewhere."""
_NAMELESS: Mapping[str, Speaker] = {UNNAMED["ask"]: "public", UNNAMED["assist"]: "agent"}
_REVIEWERS: frozenset[Speaker] = frozenset({"reviewer", "operator"})
_DECLINED = frozenset({"no_evidence", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a question has to be answered: the right statuses (``answered|partial``), and the ids of the sources."""

    status: str
    sources: frozenset[str] = frozenset()

    @property
    def is_answerable(self) -> bool:
        """Whether the notice answers the question."""
        return self.status.startswith("answered")


REFUSE = Ruling("out_of_scope")


@dataclass(frozen=True, slots=True)
class Word:
    """What one person said. ``ruling`` is None where that does not tell what would be right."""

    at: datetime
    speaker: Speaker
    verdict: str
    ruling: Ruling | None

    @property
    def is_of_reviewer(self) -> bool:
        """Whether it counts more than what others said."""
        return self.speaker in _REVIEWERS


@dataclass(frozen=True, slots=True)
class Judged:
    """An exchange with the decisions on it, one or more, and with its candidates that were approved or rejected."""

    exchange: Exchange
    decisions: tuple[Decision, ...]
    reviewed: tuple[Candidate, ...] = ()

    def words(self, roles: Mapping[str, KeyRole]) -> Iterator[Word]:
        """What was said of it; ``roles`` are those of the keys, by name."""
        for decision in self.decisions:
            speaker = _NAMELESS.get(decision.who) or roles.get(decision.who) or "staff"
            yield Word(decision.at, speaker, decision.verdict, _decided(self.exchange, decision))
        for candidate in self.reviewed:
            yield Word(candidate.reviewed_at or candidate.at, "reviewer", candidate.state, _reviewed(candidate))


def word_that_counts(words: Sequence[Word]) -> Word | None:
    """Of one or more: the last of a reviewer, else the last of all; None if they contradict and no reviewer spoke."""
    ordered = sorted(words, key=lambda word: word.at)
    if of_reviewers := [word for word in ordered if word.is_of_reviewer]:
        return of_reviewers[-1]
    ruling = [word for word in ordered if word.ruling]
    is_accepted = any(word.verdict == "helpful" for word in ruling)
    # Who only objects agrees with whoever says what would have been right.
    if len({word.ruling for word in ruling}) > 1 or (is_accepted and len(ruling) < len(ordered)):
        return None
    return (ruling or ordered)[-1]


def _decided(exchange: Exchange, decision: Decision) -> Ruling | None:
    right = frozenset(decision.correct_sources)
    if decision.verdict == "should_not_answer":
        return None if right else REFUSE
    if right:
        # Whether the right source states the detail that the answer missed, nobody said.
        return Ruling("answered|partial" if exchange.status == "partial" else "answered", right)
    return _accepted(exchange) if decision.verdict == "helpful" else None


def _accepted(exchange: Exchange) -> Ruling | None:
    """An answer as it was; to be asked back tells nothing."""
    if exchange.status in _DECLINED:
        return REFUSE
    return None if exchange.status == "clarify" else Ruling(exchange.status, frozenset(exchange.sources))


def _reviewed(candidate: Candidate) -> Ruling | None:
    if candidate.state == "rejected":
        return None
    return Ruling("answered", frozenset(candidate.sources)) if candidate.sources else REFUSE
