"""The retrieval chain, readable from top to bottom: question → candidates → verdicts → evidence → answer."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from langchain_core.runnables import Runnable

from ingest.corpus import CorpusNotice
from ingest.index import Index
from ingest.notice import Source, SourceKind
from rag.annotation import Annotations
from rag.answer import Answer, Citation
from rag.candidate import Candidate
from rag.confidence import CHOICES, judge, settled
from rag.detail import missing_details
from rag.evidence import quote
from rag.generation.record import Generation
from rag.level import level_kind, level_match
from rag.matched import marked
from rag.office import missing_office
from rag.overview import whole_notice
from rag.question import read_question
from rag.reranker import Reranker
from rag.retriever import HybridRetriever
from rag.rewritten import rewritten
from rag.step import Route, Step
from rag.succession import Succession
from rag.told import Heard, blended, judge_told
from rag.turn import WITHOUT_SOURCES, AskRequest, Turn
from rag.understanding import Understanding
from rag.verdict import Verdict, stated, verdict
from rag.wording import missing_names, word

SURE = 0.7
"""The question left over from an attack is answered only if the first candidate is as likely right as this."""

RELATED = 3
"""How many further sources an answer points to."""

Ways = Sequence[tuple[Callable[[Turn], bool], Runnable[Turn, Turn]]]


class AnswerChain:
    """Answers questions from one index."""

    def __init__(self, index: Index, reranker: Reranker | None = None) -> None:
        self._corpus = index.corpus
        self.succession = Succession(index.corpus)
        self._retriever = HybridRetriever(index=index, k=RELATED + 1, reranker=reranker)
        self._recall = lru_cache(maxsize=_RECALLED)(self._find)
        self._hear = lru_cache(maxsize=_REMEMBERED)(self._hear_told)
        self._understanding = Understanding(index.corpus, self._retriever, Annotations(index))
        evidence = _step("evidence", self._find_evidence)
        retrieve = _step("retrieve", self._retrieve) | _step("judge", self._judge) | evidence
        ways: Ways = (
            (lambda turn: turn.annotation is not None, _step("annotate", self._annotate) | evidence),
            (lambda turn: turn.intent in WITHOUT_SOURCES, Step(lambda turn: turn)),
            (lambda turn: turn.named is not None, _step("lookup", self._look_up)),
            (lambda turn: turn.listing is not None, _step("list", self._list)),
            (lambda turn: turn.intent == "structure", _step("overview", self._cite_notice)),
            (lambda turn: bool(turn.differences), _step("overview", self._cite_discrepancies)),
            (lambda turn: turn.intent == "levels", _step("retrieve", self._retrieve_both_levels)),
        )
        self._finding: Runnable[AskRequest, Turn] = Step(self._understand, "understand") | Route(ways, retrieve)
        self._wording = _step("compose", self._compose)

    def answer(self, request: AskRequest) -> Answer:
        """Answer one question. Raises BadQuestion or UnknownNotice."""
        return self.finish(self.word(self.find(request)))

    def find(self, request: AskRequest) -> Turn:
        """Everything of an answer but its words: status and citations. Raises BadQuestion or UnknownNotice."""
        started = time.perf_counter()
        turn = self._recall(request)
        if turn.started >= started:
            return turn
        return replace(turn, started=started, timings_ms={"recall": _milliseconds_since(started)})

    def word(self, turn: Turn) -> Turn:
        """What was found, with the composed words for it."""
        return self._wording.invoke(turn)

    def finish(self, turn: Turn, generation: Generation | None = None) -> Answer:
        """The answer to what was found and worded, with what a language model added to it, if one was asked."""
        prose = "".join(generation.sentences) if generation else ""
        return Answer(
            status=turn.status,
            text=turn.wording.text(prose),
            citations=turn.citations,
            related=turn.related,
            missing=missing_names(turn),
            confidence=turn.confidence.right if turn.confidence else float(bool(turn.citations)),
            intent=turn.intent,
            resolved_question=turn.question.text,
            language=turn.question.language,
            answer_source="generated" if prose else "composed",
            timings_ms={**turn.timings_ms, "total": _milliseconds_since(turn.started)},
            annotation=turn.annotation,
            generation=generation,
        )

    def _find(self, request: AskRequest) -> Turn:
        turn = _without_office(self._finding.invoke(request))
        citations = self.succession.traced(marked(turn.citations, turn.question.text))
        return replace(turn, citations=citations, related=self.succession.traced(turn.related))

    def _understand(self, request: AskRequest) -> Turn:
        started = time.perf_counter()
        turn = self._understanding.understand(request)
        return replace(turn, started=started, timings_ms={"understand": _milliseconds_since(started)})

    def _list(self, turn: Turn) -> Turn:
        found = turn.listing.found if turn.listing else ()
        return replace(turn, citations=tuple(self._whole(entry.id, source) for entry, source in found))

    def _cite_notice(self, turn: Turn) -> Turn:
        entry = turn.named.notice if turn.named else turn.scope.first
        return replace(turn, citations=(self._whole(entry.id, whole_notice(entry)),))

    def _cite_discrepancies(self, turn: Turn) -> Turn:
        differing = dict.fromkeys(source for source, _ in turn.differences)
        return replace(turn, citations=tuple(self._whole(turn.scope.first.id, source) for source in differing))

    def _look_up(self, turn: Turn) -> Turn:
        named = turn.named
        if named is None or not named.sources:
            return self._cite_notice(turn)
        cited = [self._whole(named.notice.id, source) for source in named.sources]
        if len(cited) == 1:
            opposite = self._counterpart(turn, named.notice, named.sources[0])
            if turn.intent == "levels" and opposite:
                cited.append(opposite)
            elif opposite and level_match(turn.said, self._level(named.notice, named.sources[0])) < 0:
                return replace(turn, citations=(opposite,), related=tuple(cited))
        turn = replace(turn, citations=tuple(cited))
        return self._judge_named(turn, named.sources) if turn.asks_more else turn

    def _judge_named(self, turn: Turn, sources: Sequence[Source]) -> Turn:
        """Whether the named sources state what is asked of them."""
        missing = missing_details(turn.said, "".join(source.text for source in sources))
        question = replace(turn.question, text=f"{sources[0].title}:{turn.said}")
        found = self._retriever.candidates(question.text, turn.scope.ids)
        is_half = not turn.compares and verdict(question, found, judge(question, found)) == "partial"
        return replace(turn, missing=missing, verdict="partial" if missing or is_half else "answered")

    def _counterpart(self, turn: Turn, entry: CorpusNotice, source: Source) -> Citation | None:
        """What the other level of government does about the topic of a source, if the question is about both."""
        level = self._level(entry, source)
        if turn.intent != "levels" and level_match(turn.said, level) >= 0:
            return None
        found = self._retriever.candidates(f"{source.title}。{source.text}", turn.scope.ids, k=_MANY)
        other = next((each for each in found if self._level_of(each) not in (level, "notice")), None)
        return self._whole(other.notice_id, other.source) if other else None

    def _retrieve(self, turn: Turn) -> Turn:
        scope, told, queries = turn.scope.ids, turn.request.told, turn.request.queries
        if not told and not queries:
            return replace(turn, candidates=tuple(self._retriever.candidates(turn.question.text, scope)))
        alone = Heard(turn.question, tuple(self._retriever.candidates(turn.question.text, scope, _MANY)))
        if alone.is_clear:
            return replace(turn, candidates=alone.candidates[: RELATED + 1])
        if queries:
            found = rewritten(alone.candidates, [self._retriever.candidates(each, scope, _MANY) for each in queries])
            return replace(turn, candidates=tuple(found[: RELATED + 1]))
        around = [self._hear(text, scope) for text in told]
        ranking = blended([alone.candidates, *(each.candidates for each in around)])
        return replace(turn, candidates=tuple(ranking[: RELATED + 1]), heard=(alone, around[0]))

    def _annotate(self, turn: Turn) -> Turn:
        """The approved source first, whatever the scores say; whether it states all that is asked is judged as ever."""
        annotation = turn.annotation
        assert annotation is not None
        found = self._retriever.candidates(turn.question.text, turn.scope.ids, k=_MANY)
        found.sort(key=lambda each: each.source_id != annotation.source_id)
        turn = self._judge(replace(turn, candidates=tuple(found[: RELATED + 1])))
        is_covered = annotation.source_id is not None
        stated: Verdict = "partial" if turn.verdict == "partial" else "answered"
        return replace(turn, confidence=settled(is_covered), verdict=stated if is_covered else "outside")

    def _hear_told(self, text: str, scope: tuple[str, ...] | None) -> Heard:
        question = read_question(text, "zh")
        return Heard(question, tuple(self._retriever.candidates(question.text, scope, _MANY)))

    def _judge(self, turn: Turn) -> Turn:
        found: Verdict
        if turn.heard:
            confidence = judge_told(*turn.heard, turn.candidates)
            found = stated(turn.question, turn.candidates) if confidence.is_covered else "outside"
        else:
            confidence = judge(turn.question, turn.candidates)
            found = verdict(turn.question, turn.candidates, confidence)
        # Who joins a measure, who proposed it and where its versions differ, every source states.
        if found == "partial" and turn.intent != "which_office":
            found = "answered"
        missing = missing_details(turn.question.text, turn.candidates[0].source.text) if found == "partial" else ()
        return replace(turn, confidence=confidence, verdict=found, missing=missing)

    def _find_evidence(self, turn: Turn) -> Turn:
        confidence = turn.confidence
        assert confidence is not None
        level = self._level_of(turn.candidates[0])
        is_elsewhere = turn.elsewhere is not None and not (turn.elsewhere.in_city and level == "municipal_item")
        # Where several places are loaded, another one is told from a matter that no notice deals with.
        if is_elsewhere and len(self._corpus.registers.by_region) > 1:
            return replace(turn, intent="other_place")
        if turn.verdict == "outside" and not turn.is_attack:
            # What ★ means or how many parts there are is in no source but the notice itself.
            return self._cite_notice(replace(turn, intent="structure")) if turn.is_about_notice else turn
        if is_elsewhere:
            return replace(turn, intent="other_place")
        if turn.is_attack and (turn.verdict != "answered" or confidence.right < SURE):
            return replace(turn, intent="injection")
        cited = self._cite(turn, turn.candidates)
        first = CHOICES if confidence.is_ambiguous else 1
        return replace(turn, citations=cited[:first], related=cited[first:])

    def _retrieve_both_levels(self, turn: Turn) -> Turn:
        """The best measure and the best municipal item, side by side."""
        found = self._retriever.candidates(turn.question.text, turn.scope.ids, k=_MANY)
        turn = self._judge(replace(turn, candidates=tuple(found)))
        if turn.verdict == "outside":
            return turn
        levels = dict.fromkeys(level for each in found if (level := self._level_of(each)) != "notice")
        best = tuple(next(each for each in found if self._level_of(each) == level) for level in levels)
        return replace(turn, citations=self._cite(turn, best))

    def _cite(self, turn: Turn, candidates: tuple[Candidate, ...]) -> tuple[Citation, ...]:
        total = sum(math.exp(candidate.fused) for candidate in candidates)
        return tuple(
            Citation(
                id=candidate.source_id,
                notice=self._corpus.notice(candidate.notice_id),
                source=candidate.source,
                quote=quote(candidate, turn.question.text),
                score=math.exp(candidate.fused) / total,
            )
            for candidate in candidates
        )

    def _whole(self, notice_id: str, source: Source) -> Citation:
        """A source cited with its whole text."""
        return Citation(f"{notice_id}/{source.key}", self._corpus.notice(notice_id), source, source.text, score=1.0)

    def _level_of(self, candidate: Candidate) -> SourceKind:
        return self._level(self._corpus.notice(candidate.notice_id), candidate.source)

    def _level(self, entry: CorpusNotice, source: Source) -> SourceKind:
        return level_kind(source, entry.place, self._corpus.home)

    def _compose(self, turn: Turn) -> Turn:
        return replace(turn, wording=word(turn, self._corpus))


def _without_office(turn: Turn) -> Turn:
    """A question for the office in charge is answered by half where the notice names none."""
    if turn.status not in ("answered", "partial") or turn.listing or len(turn.citations) != 1:
        return turn
    missing = missing_office(turn.said, turn.citations[0].source)
    return replace(turn, verdict="partial", missing=(*turn.missing, *missing)) if missing else turn


_MANY = 40
"""Among so many candidates each level of government has its best."""

_RECALLED = 2048
"""What many ask in the same words is found once for each version of the index; about 10 kB each."""

_REMEMBERED = 8
"""What was told around one question is told around the next ones of the same ticket too."""


def _step(name: str, function: Callable[[Turn], Turn]) -> Runnable[Turn, Turn]:
    """A link of the chain that notes how long it took."""

    def timed(turn: Turn) -> Turn:
        started = time.perf_counter()
        result = function(turn)
        return replace(result, timings_ms={**result.timings_ms, name: _milliseconds_since(started)})

    return Step(timed, name)


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
