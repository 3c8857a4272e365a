"""Making a follow-up stand alone: what 它, 第二个, 刚才那条 and 不是,我说的是… refer to, read from the history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.corpus import Corpus
from ingest.index.lexicon import tokenize
from ingest.notice import Source
from ingest.outline import chinese_numeral
from rag.confidence import judge
from rag.leaning import content, cue_patterns, leans, shows
from rag.lookup import mentions, named_by_number
from rag.phrases import phrases_for
from rag.question import Question, normalised, read_earlier
from rag.retriever import HybridRetriever
from rag.scope import Scope, ScopeReader

_SHORTEST = 4
"""Characters that must be left of a correction when the words of correcting are taken out."""

_NEARER = 2
"""How many more words an earlier exchange must share with a follow-up than the last one to be meant."""

_ORDINAL = re.compile(
    r"(?:第\(?(?P<number>\d+|[一二三四五六七八九十两]+)\)?|(?P<japanese>[一二三四五])番目の?"
    r"|(?P<first>[前头][一个那]|the first|the former)|(?P<second>the second|后[一个那])|(?P<third>the third)"
    r"|(?P<middle>中间那)|(?P<last>最后|最末|末[一个那]|the last|the latter|最後の))"
    r"(?:那|的)?(?:一)?(?:个|家|项|条|位|点|件|局| one| item| measure| office)*"
)
_BARE_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d|[条项号月日年])")


@dataclass(frozen=True, slots=True)
class Message:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question with the replies to it: its scope, the sources it was about, the departments that the replies name."""

    text: str
    scope: Scope
    topics: tuple[Source, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    """Reads conversations about one corpus."""

    corpus: Corpus
    retriever: HybridRetriever
    scopes: ScopeReader

    def stand_alone(
        self, question: Question, history: Sequence[Message], notice_id: str | None = None
    ) -> tuple[str, Scope]:
        """The question in words that can be understood without the history, and the notices that it is about."""
        exchanges: list[_Exchange] = []
        for asked, reply in _pairs(history):
            exchanges.append(self._exchange(asked, reply, exchanges, notice_id))
        return self._resolve(question, exchanges, notice_id)

    def _exchange(self, asked: str, reply: str, earlier: Sequence[_Exchange], notice_id: str | None) -> _Exchange:
        said, question = normalised(reply), read_earlier(asked)
        scope = self._scope_of(asked, said, earlier, notice_id)
        topics = mentions(_without_related(said), scope.notices)
        register = self.corpus.register_of(scope.first)
        names = tuple(dict.fromkeys(found.name for found in register.mentioned_in(said) if not found.collective))
        if not topics and question:
            alone, _ = self._resolve(question, earlier, notice_id)
            topics = mentions(alone, scope.notices)
            # A reply that names neither source nor office was a refusal: nothing was talked about.
            if not topics and (names or not said):
                topics = self._topic(question, alone, scope)
        return _Exchange(f"{asked} {said}", scope, topics, names)

    def _scope_of(self, asked: str, said: str, earlier: Sequence[_Exchange], notice_id: str | None) -> Scope:
        """What our own reply cites was talked about, whatever the question seemed to be about."""
        told = self.scopes.read(asked, notice_id)
        if notice_id:
            return told
        going_on = earlier[-1].scope if earlier and not told.is_told else told
        return self.scopes.cited(said) or going_on

    def _topic(self, question: Question, alone: str, scope: Scope) -> tuple[Source, ...]:
        """What a question without a reply, or with one that names only an office, was about; nothing if not covered."""
        candidates = self.retriever.candidates(alone, scope.ids)
        return (candidates[0].source,) if judge(question, candidates).is_covered else ()

    def _resolve(self, question: Question, exchanges: Sequence[_Exchange], notice_id: str | None) -> tuple[str, Scope]:
        """The text that stands alone with its scope: the one it tells, else that of what it leans on."""
        scope = self.scopes.read(question.text, notice_id)
        if not exchanges:
            return question.text, scope
        text, leant_on = self._completed(question, exchanges, scope)
        return text, scope if leant_on is None or scope.is_told else replace(leant_on, elsewhere=scope.elsewhere)

    def _completed(self, question: Question, exchanges: Sequence[_Exchange], scope: Scope) -> tuple[str, Scope | None]:
        """The text that stands alone, and the scope of the exchange that it leans on, if it does."""
        text = question.text
        last = exchanges[-1]
        # A follow-up that names no notice goes on with the notices of the last exchange.
        going_on = scope if scope.is_told else last.scope
        if shows("correction", text):
            return _corrected(text), last.scope
        compares = shows("compare", text)
        counted = _by_ordinal(text, last)
        if not counted and not compares and named_by_number(text, going_on.notices):
            return text, last.scope
        if not last.topics:
            return text, None
        candidates = self.retriever.candidates(text, going_on.ids)
        if not counted and not leans(text, judge(question, candidates), candidates):
            return text, None
        if shows("department", text) and (name := _department(text, last)):
            text = _ORDINAL.sub(name, text, count=1) if _ORDINAL.search(text) else _replace_department(text, name)
            if shows("further", text):
                return text, last.scope
        focus = _compared(text, exchanges) if compares else ()
        focused = last.scope
        if not focus and not counted:
            exchange = self._exchange_meant(text, exchanges)
            focus, focused = (self._focus(text, exchange),), exchange.scope
        # Asked of other notices, the same topic has another number there.
        is_same = not scope.is_told or scope.ids == focused.ids
        named = (_label(source) if is_same else f"“{source.title}”" for source in focus or counted)
        return f"{'、'.join(named)}:{text}", focused

    def _exchange_meant(self, text: str, exchanges: Sequence[_Exchange]) -> _Exchange:
        """The exchange that a follow-up goes back to."""
        words = {word for word in tokenize(content(text)) if len(word) > 1}
        # The last exchange is meant unless another one shares more words; of two that need going back to, the earlier.
        shared = [len(words.intersection(tokenize(each.text))) for each in exchanges]
        if len(exchanges) > 1 and shows("back", text):
            shared[-1] = -1
        else:
            shared[-1] += _NEARER
        return exchanges[0] if shows("first", text) else exchanges[shared.index(max(shared))]

    def _focus(self, text: str, exchange: _Exchange) -> Source:
        """The one source of an exchange that a follow-up is about."""
        topics = exchange.topics
        if len(topics) == 1:
            return topics[0]
        count = sum(len(entry.notice.sources) for entry in exchange.scope.notices)
        ranking = self.retriever.candidates(text, exchange.scope.ids, k=count)
        return min(topics, key=[candidate.source for candidate in ranking].index)


def _pairs(history: Sequence[Message]) -> list[tuple[str, str]]:
    """Questions with the replies to them; a question that got none stands with an empty reply."""
    pairs: list[tuple[str, str]] = []
    for message in history:
        if message.role == "user" or not pairs:
            pairs.append((message.content, "") if message.role == "user" else ("", message.content))
        else:
            asked, reply = pairs[-1]
            pairs[-1] = (asked, f"{reply} {message.content}")
    return pairs


def _corrected(text: str) -> str:
    """What is really meant: the words of correcting, and what is denied, taken out."""
    for pattern in cue_patterns()["denied"]:
        left = pattern.sub("", text.lower())
        text = left if len(left) >= _SHORTEST else text
    return text


def _compared(text: str, exchanges: Sequence[_Exchange]) -> tuple[Source, ...]:
    """The sources that are compared: those named by bare number, all of the last reply, or the last two topics."""
    known = {source.number: source for each in exchanges for source in each.topics}
    named = [known[number] for each in _BARE_NUMBER.findall(text) if (number := int(each)) in known]
    if len(named) > 1:
        return tuple(named)
    if len(exchanges[-1].topics) > 1:
        return exchanges[-1].topics
    return tuple(dict.fromkeys(each.topics[0] for each in exchanges[-2:] if each.topics))


def _by_ordinal(text: str, last: _Exchange) -> tuple[Source, ...]:
    place = _place(text, len(last.topics))
    return () if place is None or len(last.topics) < 2 else (last.topics[place],)


def _department(text: str, last: _Exchange) -> str | None:
    names = last.departments or (last.topics[0].lead if last.topics else ())
    if not names:
        return None
    place = _place(text, len(names))
    if place is not None:
        return names[place]
    kinds = re.findall(r"[这那该此](?:一)?(?:个|家)?(委|局|办|中心|集团)", text)
    return next((name for name in names if kinds and kinds[0] in name[-3:]), names[0])


def _replace_department(text: str, name: str) -> str:
    for pattern in cue_patterns()["department"]:
        text = pattern.sub(name, text, count=1)
    return text


def _place(text: str, count: int) -> int | None:
    """Which of ``count`` things listed before is meant, from 0; None if no ordinal is said or it is out of range."""
    match = _ORDINAL.search(text.lower())
    if not match or not count:
        return None
    if number := match["number"] or match["japanese"]:
        place = int(number) if number.isdigit() else chinese_numeral(number.replace("两", "二"))
        return place - 1 if 0 < place <= count else None
    places = {"first": 0, "second": count - 1 if count == 2 else 1, "third": 2, "middle": count // 2, "last": count - 1}
    place = next(places[name] for name in places if match[name])
    return place if place < count else None


def _label(source: Source) -> str:
    return phrases_for("zh").reference(source)


def _without_related(reply: str) -> str:
    """A reply of ours without the further reading that it points to."""
    for language in ("zh", "en", "ja"):
        lead_in = phrases_for(language).templates["related"].partition("{")[0]
        reply = reply.partition(lead_in)[0]
    return reply
