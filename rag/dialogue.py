"""Making a follow-up stand alone: what 它, 第二个, 刚才那条 and 不是,我说的是… refer to, read from the history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.corpus import Corpus, CorpusNotice
from ingest.lexicon import tokenize
from ingest.notice import Source
from ingest.outline import chinese_numeral
from rag.confidence import judge
from rag.leaning import content, cue_patterns, leans, shows
from rag.lookup import mentions, named_by_number
from rag.phrases import phrases_for
from rag.question import Question, read_question
from rag.retriever import HybridRetriever

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
    """A question with the replies to it: the sources it was about, and the departments that the replies name."""

    text: str
    topics: tuple[Source, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    """Reads conversations about one corpus."""

    corpus: Corpus
    retriever: HybridRetriever

    def stand_alone(self, question: Question, history: Sequence[Message], notice_id: str | None = None) -> str:
        """The question in words that can be understood without the history."""
        exchanges: list[_Exchange] = []
        for asked, reply in _pairs(history):
            exchanges.append(self._exchange(asked, reply, exchanges, notice_id))
        return self._resolve(question, exchanges, notice_id) if exchanges else question.text

    def _exchange(self, asked: str, reply: str, earlier: Sequence[_Exchange], notice_id: str | None) -> _Exchange:
        notices = self._notices(notice_id)
        said = read_question(reply).text if reply.strip() else ""
        topics = mentions(_without_related(said), notices)
        names = tuple(
            dict.fromkeys(found.name for found in self.corpus.departments.mentioned_in(said) if not found.collective)
        )
        if not topics and asked.strip():
            question = read_question(asked)
            alone = self._resolve(question, earlier, notice_id) if earlier else question.text
            topics = mentions(alone, notices)
            # A reply that names neither source nor office was a refusal: nothing was talked about.
            if not topics and (names or not said):
                topics = self._topic(question, alone, notice_id)
        return _Exchange(f"{asked} {said}", topics, names)

    def _topic(self, question: Question, alone: str, notice_id: str | None) -> tuple[Source, ...]:
        """What a question without a reply, or with one that names only an office, was about; nothing if not covered."""
        candidates = self.retriever.candidates(alone, notice_id)
        return (candidates[0].source,) if judge(question, candidates).is_covered else ()

    def _resolve(self, question: Question, exchanges: Sequence[_Exchange], notice_id: str | None) -> str:
        text = question.text
        if shows("correction", text):
            return _corrected(text)
        compares = shows("compare", text)
        last = exchanges[-1]
        counted = _by_ordinal(text, last)
        if not counted and not compares and named_by_number(text, self._notices(notice_id)):
            return text
        if not exchanges[-1].topics:
            return text
        candidates = self.retriever.candidates(text, notice_id)
        if not counted and not leans(text, judge(question, candidates), candidates):
            return text
        if shows("department", text) and (name := _department(text, last)):
            text = _ORDINAL.sub(name, text, count=1) if _ORDINAL.search(text) else _replace_department(text, name)
            if shows("further", text):
                return text
        focus = _compared(text, exchanges) if compares else ()
        focus = focus or counted or (self._focus(text, exchanges, notice_id),)
        return f"{'、'.join(_label(source) for source in focus)}:{text}"

    def _focus(self, text: str, exchanges: Sequence[_Exchange], notice_id: str | None) -> Source:
        """The one source that a follow-up is about."""
        words = {word for word in tokenize(content(text)) if len(word) > 1}
        # The last exchange is meant unless another one shares more words; of two that need going back to, the earlier.
        shared = [len(words.intersection(tokenize(each.text))) for each in exchanges]
        if len(exchanges) > 1 and shows("back", text):
            shared[-1] = -1
        else:
            shared[-1] += _NEARER
        exchange = exchanges[0] if shows("first", text) else exchanges[shared.index(max(shared))]
        topics = exchange.topics
        if len(topics) == 1:
            return topics[0]
        ranking = self.retriever.candidates(text, notice_id, k=len(self.corpus.notices[0].notice.sources))
        return min(topics, key=[candidate.source for candidate in ranking].index)

    def _notices(self, notice_id: str | None) -> Sequence[CorpusNotice]:
        return (self.corpus.notice(notice_id),) if notice_id else self.corpus.notices


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
