"""The retrieval chain, readable from top to bottom: question → candidates → verdicts → evidence → answer."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from langchain_core.runnables import Runnable, RunnableBranch, RunnableLambda, RunnablePassthrough

from ingest.corpus import CorpusNotice
from ingest.index import Index
from ingest.notice import Source
from rag.answer import Answer, Citation, Intent, Status
from rag.candidate import Candidate
from rag.compose import Composer
from rag.confidence import CHOICES, Confidence, judge
from rag.detail import Detail, missing_details
from rag.evidence import quote
from rag.form import FormReader
from rag.intent import recognise, shows
from rag.listing import Listing, read_listing
from rag.lookup import NamedSource, named_source
from rag.overview import OverviewComposer, whole_notice
from rag.place import Elsewhere, elsewhere
from rag.question import Language, Question, read_question
from rag.reranker import Reranker
from rag.retriever import HybridRetriever

RELATED = 3
"""How many further sources an answer points to."""


@dataclass(frozen=True, slots=True)
class AskRequest:
    """What is asked: the question, optionally the answer's language and the notice to keep to."""

    question: str
    language: Language | None = None
    notice_id: str | None = None


_WITHOUT_SOURCES: Mapping[Intent, Status] = {
    "injection": "blocked",
    "chitchat": "chitchat",
    "other_place": "out_of_scope",
}


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is known of one question while it passes through the chain."""

    request: AskRequest
    question: Question
    intent: Intent = "which_office"
    elsewhere: Elsewhere | None = None
    named: NamedSource | None = None
    listing: Listing | None = None
    is_about_all: bool = False
    candidates: tuple[Candidate, ...] = ()
    confidence: Confidence | None = None
    missing: tuple[Detail, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    text: str = ""
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        if self.intent in _WITHOUT_SOURCES:
            return _WITHOUT_SOURCES[self.intent]
        if self.listing:
            return "answered"
        if not self.citations:
            return "no_evidence"
        if self.confidence and self.confidence.is_ambiguous:
            return "clarify"
        return "partial" if self.missing else "answered"


class AnswerChain:
    """Answers questions from one index."""

    def __init__(self, index: Index, reranker: Reranker | None = None) -> None:
        self._corpus = index.corpus
        self._retriever = HybridRetriever(index=index, k=RELATED + 1, reranker=reranker)
        self._forms = FormReader(index.corpus)
        retrieve = (
            _step("retrieve", self._retrieve) | _step("judge", self._judge) | _step("evidence", self._find_evidence)
        )
        self._chain: Runnable[AskRequest, _Turn] = (
            RunnableLambda(self._understand)
            | RunnableBranch(
                (lambda turn: turn.intent in _WITHOUT_SOURCES, RunnablePassthrough()),
                (lambda turn: turn.named is not None, _step("lookup", self._look_up)),
                (lambda turn: turn.listing is not None, _step("list", self._list)),
                (lambda turn: turn.intent == "structure", _step("overview", self._cite_notice)),
                (lambda turn: turn.is_about_all, _step("overview", self._cite_discrepancies)),
                retrieve,
            )
            | _step("compose", self._compose)
        )

    def answer(self, request: AskRequest) -> Answer:
        """Answer one question. Raises BadQuestion or UnknownNotice."""
        started = time.perf_counter()
        turn = self._chain.invoke(request)
        return Answer(
            status=turn.status,
            text=turn.text,
            citations=turn.citations,
            related=turn.related,
            missing=_names(turn),
            confidence=turn.confidence.right if turn.confidence else float(bool(turn.citations)),
            intent=turn.intent,
            resolved_question=turn.question.text,
            language=turn.question.language,
            answer_source="composed",
            timings_ms={**turn.timings_ms, "total": _milliseconds_since(started)},
        )

    def _understand(self, request: AskRequest) -> _Turn:
        started = time.perf_counter()
        notices = (self._corpus.notice(request.notice_id),) if request.notice_id else self._corpus.notices
        question = read_question(request.question, request.language)
        form = self._forms.read(question.text)
        intent = recognise(form)
        named = named_source(question.text, notices)
        if named and intent in ("which_office", "list", "structure"):
            intent = "lookup"
        listing = read_listing(question.text, self._corpus, request.notice_id)
        # Measures without cooperating departments, or of one part, are asked for in the words of other intents.
        if listing and (
            (intent == "cooperating" and listing.without_cooperating)
            or (intent == "structure" and listing.conditions.category)
        ):
            intent = "list"
        other = elsewhere(question.text, notices[0].notice.issued_on.year)
        if other and intent == "list":
            intent = "other_place"
        turn = _Turn(
            request,
            question,
            intent,
            elsewhere=other,
            named=named,
            is_about_all=intent == "conflict" and shows("every", form),
            listing=listing if intent == "list" and not missing_details(question.text, "") else None,
        )
        return replace(turn, timings_ms={"understand": _milliseconds_since(started)})

    def _list(self, turn: _Turn) -> _Turn:
        found = turn.listing.found if turn.listing else ()
        return replace(turn, citations=tuple(self._whole(notice_id, source) for notice_id, source in found))

    def _cite_notice(self, turn: _Turn) -> _Turn:
        entry = self._entry(turn)
        return replace(turn, citations=(self._whole(entry.id, whole_notice(entry)),))

    def _cite_discrepancies(self, turn: _Turn) -> _Turn:
        entry = self._entry(turn)
        differing = dict.fromkeys(source for source, _ in entry.notice.discrepancies())
        return replace(turn, citations=tuple(self._whole(entry.id, source) for source in differing))

    def _whole(self, notice_id: str, source: Source) -> Citation:
        """A source cited with its whole text."""
        return Citation(f"{notice_id}/{source.key}", self._corpus.notice(notice_id), source, source.text, score=1.0)

    def _entry(self, turn: _Turn) -> CorpusNotice:
        """The notice that answers about the corpus as a whole are about."""
        return self._corpus.notice(turn.request.notice_id) if turn.request.notice_id else self._corpus.notices[0]

    def _look_up(self, turn: _Turn) -> _Turn:
        named = turn.named
        if named is None or not named.exists:
            return turn
        source = named.notice.source(named.key)
        citation = self._whole(named.notice.id, source)
        return replace(turn, citations=(citation,), missing=missing_details(turn.question.text, source.text))

    def _retrieve(self, turn: _Turn) -> _Turn:
        return replace(turn, candidates=tuple(self._retriever.candidates(turn.question.text, turn.request.notice_id)))

    def _judge(self, turn: _Turn) -> _Turn:
        first = turn.candidates[0]
        return replace(
            turn,
            confidence=judge(turn.question, turn.candidates),
            missing=missing_details(turn.question.text, first.source.text),
        )

    def _find_evidence(self, turn: _Turn) -> _Turn:
        if turn.confidence is None or not turn.confidence.is_covered:
            return turn
        if turn.elsewhere and not (turn.elsewhere.in_city and turn.candidates[0].source.kind == "municipal_item"):
            return replace(turn, intent="other_place")
        total = sum(math.exp(candidate.fused) for candidate in turn.candidates)
        cited = [
            Citation(
                id=candidate.source_id,
                notice=self._corpus.notice(candidate.notice_id),
                source=candidate.source,
                quote=quote(candidate, turn.question.text),
                score=math.exp(candidate.fused) / total,
            )
            for candidate in turn.candidates
        ]
        first = CHOICES if turn.confidence.is_ambiguous else 1
        return replace(turn, citations=tuple(cited[:first]), related=tuple(cited[first:]))

    def _compose(self, turn: _Turn) -> _Turn:
        return replace(turn, text=self._text(turn))

    def _text(self, turn: _Turn) -> str:
        composer = Composer(self._corpus.departments, turn.question.language)
        overview = OverviewComposer(turn.question.language)
        entry = self._entry(turn)
        if turn.status == "blocked":
            return composer.blocked()
        if turn.status == "chitchat":
            return composer.chitchat(entry.notice)
        if turn.status == "out_of_scope" and turn.elsewhere:
            return composer.out_of_scope(entry, turn.elsewhere)
        if turn.listing:
            return overview.listing(turn.listing)
        if turn.intent == "structure" and turn.citations:
            return overview.structure(entry.notice)
        if turn.is_about_all and not turn.named:
            return overview.discrepancies(entry.notice)
        if turn.named and not turn.named.exists:
            return composer.no_such_number(turn.named.notice.notice, turn.named.key)
        if not turn.citations:
            return composer.no_evidence()
        if turn.status == "clarify":
            return composer.clarify(turn.citations)
        if turn.missing:
            return composer.partial(turn.citations[0], turn.related, _names(turn))
        return composer.answered(turn.citations[0], turn.related, turn.intent)


def _names(turn: _Turn) -> tuple[str, ...]:
    """What is missing, in the asker's language; nothing unless the topic is there."""
    if turn.status != "partial":
        return ()
    return tuple(detail.name(turn.question.language) for detail in turn.missing)


def _step(name: str, function: Callable[[_Turn], _Turn]) -> Runnable[_Turn, _Turn]:
    """A link of the chain that notes how long it took."""

    def timed(turn: _Turn) -> _Turn:
        started = time.perf_counter()
        result = function(turn)
        return replace(result, timings_ms={**result.timings_ms, name: _milliseconds_since(started)})

    return RunnableLambda(timed, name=name)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
