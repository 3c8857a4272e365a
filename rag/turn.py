"""One question on its way through the chain: what was asked, what is known of it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.corpus import CorpusNotice
from rag.annotation import Annotation
from rag.answer import NO_WORDS, Citation, Intent, Status, Wording
from rag.candidate import Candidate
from rag.confidence import Confidence
from rag.detail import Detail
from rag.dialogue import Message
from rag.differences import Differences
from rag.listing import Listing
from rag.lookup import Named
from rag.place import Elsewhere
from rag.question import Language, Question
from rag.scope import Scope
from rag.told import CLEAR, Heard
from rag.verdict import Verdict

WITHOUT_SOURCES: Mapping[Intent, Status] = {
    "injection": "blocked",
    "chitchat": "chitchat",
    "other_place": "out_of_scope",
}
"""Intents that no source of the notice answers, and how they are treated."""


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What is asked: the question, optionally the answer's language, the notice to keep to, what was said before.

    ``told``: what the question stood in, from what is nearest to all of it; it helps to find the topic. ``queries``:
    what else to search for, where the question alone is not clear; it stays the question that is answered.
    """

    question: str
    language: Language | None = None
    notice_id: str | None = None
    history: tuple[Message, ...] = ()
    told: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of one question. ``question.text`` stands alone; ``said`` is what was said, in simplified form.

    ``scope``: the notices that it is about; ``nearby``: those of places that lie in the one meant ``elsewhere``.
    ``asks_more``: a source is named, and something in particular is asked of it. ``heard``: the question alone and what
    was told around it, where that was needed. ``started``: when work on it began, by time.perf_counter().
    """

    request: AskRequest
    question: Question
    said: str
    scope: Scope
    intent: Intent = "which_office"
    elsewhere: Elsewhere | None = None
    nearby: tuple[CorpusNotice, ...] = ()
    named: Named | None = None
    asks_more: bool = False
    listing: Listing | None = None
    differences: Differences = ()
    is_attack: bool = False
    is_about_notice: bool = False
    compares: bool = False
    annotation: Annotation | None = None
    candidates: tuple[Candidate, ...] = ()
    heard: tuple[Heard, Heard] | None = None
    confidence: Confidence | None = None
    verdict: Verdict = "answered"
    missing: tuple[Detail, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    wording: Wording = NO_WORDS
    started: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def leans(self) -> bool:
        """Whether the question was completed, or corrected, from what was said before."""
        return self.question.text != self.said

    @property
    def is_unclear(self) -> bool:
        """Whether what was searched for is not surely found, so that other words for it could help."""
        if self.intent != "which_office" or self.annotation or not self.confidence:
            return False
        return min(self.confidence.covered, self.confidence.right) < CLEAR

    @property
    def status(self) -> Status:
        """How the question is treated."""
        if self.intent in WITHOUT_SOURCES:
            return WITHOUT_SOURCES[self.intent]
        if self.listing:
            return "answered"
        if not self.citations:
            return "no_evidence"
        if self.confidence and self.confidence.is_ambiguous and self.intent != "levels":
            return "clarify"
        return "partial" if self.verdict == "partial" else "answered"
