"""The answer: its status, what it rests on, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.corpus import CorpusNotice
from ingest.notice import Source
from ingest.succession import ChangedField
from rag.annotation import Annotation
from rag.generation.record import Generation
from rag.question import Language

Status = Literal["answered", "partial", "clarify", "no_evidence", "out_of_scope", "chitchat", "blocked"]
AnswerSource = Literal["composed", "generated"]
Intent = Literal[
    "which_office",
    "lookup",
    "list",
    "structure",
    "conflict",
    "cooperating",
    "origin",
    "levels",
    "chitchat",
    "injection",
    "other_place",
]
"""What was recognised; ``which_office`` is the ordinary question, facts included."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a source was in the notice that its own supersedes, and which of its fields were changed."""

    notice: CorpusNotice
    source: Source
    changed: tuple[ChangedField, ...]


@dataclass(frozen=True, slots=True)
class Successor:
    """The notice in force instead of a superseded one, and the same source there, if it has one."""

    notice: CorpusNotice
    source: Source | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source with the verbatim sentence that supports the answer. ``score`` is 0..1 within one answer.

    ``matched``: [start, end) offsets into ``quote`` of the words that the question shares. ``previous``: what it was
    in the year before; ``current``: what is in force instead of it.
    """

    id: str
    notice: CorpusNotice
    source: Source
    quote: str
    score: float
    matched: tuple[tuple[int, int], ...] = ()
    previous: Predecessor | None = None
    current: Successor | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A composed answer in Markdown, in two halves: what a language model words, if one does, stands between them."""

    opening: str
    cards: str = ""

    def text(self, prose: str = "") -> str:
        """The whole answer."""
        return PARAGRAPH.join(filter(None, (self.opening, prose, self.cards)))


PARAGRAPH = "\n\n"
NO_WORDS = Wording("")


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer. ``text`` is Markdown; ``missing`` names what was asked for and is not in the notice.

    ``annotation`` is the approved answer that it follows, if it does; ``generation`` how a language model worded it, or
    why none did, if one was asked.
    """

    status: Status
    text: str
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    missing: tuple[str, ...]
    confidence: float
    intent: Intent
    resolved_question: str
    language: Language
    answer_source: AnswerSource
    timings_ms: Mapping[str, float]
    annotation: Annotation | None = None
    generation: Generation | None = None
