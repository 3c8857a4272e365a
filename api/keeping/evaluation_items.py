"""Questions of real use as evaluation items: those of which a person said with certainty what is right."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from api.contract import KeyRole
from api.keeping.judgement import Judged, Ruling, Word, word_that_counts
from api.store import Exchange
from ingest.corpus import CorpusNotice
from rag.privacy import find_private, unmarked
from rag.question import BadQuestion, read_question

Place = Literal["set", "bank"]
LeftOut = Literal["unsaid", "contradictory", "demands", "list", "set", "bank", "private", "unreadable", "source"]
"""Why a question is no item: nobody says what is right; people contradict one another; a ticket of several demands; a
list, of which the sources that are named may be a part; known from a set or the bank; something private is in it; it
cannot be asked; its sources are not of the notice.
"""
_BESIDE = frozenset({"chitchat", "injection", "other_place"})
_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Export:
    """The items, in the order in which they were first asked, and how many questions were left out, by reason."""

    items: tuple[Mapping[str, Any], ...]
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True)
class ItemMaker:
    """Makes items of the notice ``entry``.

    ``roles`` are those of the keys, by name; ``known`` where a question stands already, by its folded text; ``fold``
    tells what counts as the same question.
    """

    entry: CorpusNotice
    roles: Mapping[str, KeyRole]
    known: Mapping[str, Place]
    fold: Callable[[str], str]

    def export(self, judged: Iterable[Judged]) -> Export:
        """One item a question, however often it was asked: all that was said of it counts. ``judged``: oldest first."""
        questions: defaultdict[str, list[Judged]] = defaultdict(list)
        for each in judged:
            questions[self.fold(unmarked(each.exchange.text))].append(each)
        items, left_out = [], Counter[LeftOut]()
        for folded, asked in questions.items():
            made = self._made(folded, asked)
            if isinstance(made, str):
                left_out[made] += 1
            else:
                items.append(made)
        return Export(tuple(items), left_out)

    def _made(self, folded: str, asked: Sequence[Judged]) -> Mapping[str, Any] | LeftOut:
        exchange = asked[0].exchange
        if exchange.kind == "assist" and len(exchange.response["demands"]) > 1:
            return "demands"
        word = word_that_counts([word for each in asked for word in each.words(self.roles)])
        if word is None:
            return "contradictory"
        if word.ruling is None:
            return "unsaid"
        return self._unfit(folded, exchange) or self._item(exchange, word, word.ruling)

    def _unfit(self, folded: str, exchange: Exchange) -> LeftOut | None:
        if place := self.known.get(folded) or self.known.get(self.fold(exchange.text)):
            return place
        if find_private(exchange.text):
            return "private"
        return None if folded and _language(exchange.text) else "unreadable"

    def _item(self, exchange: Exchange, word: Word, ruling: Ruling) -> Mapping[str, Any] | LeftOut:
        kind = _kind(exchange, ruling)
        if kind == "list":
            return "list"
        notice = self.entry.notice
        right = [
            source
            for source in (*notice.measures, *notice.municipal_items)
            if f"{self.entry.id}/{source.key}" in ruling.sources
        ]
        if not right and (ruling.sources or ruling.is_answerable):
            return "source"
        keys = [source.key for source in right]
        leads = dict.fromkeys(name for source in right for name in source.lead)
        return {
            "id": f"use-{sha256(exchange.trace_id.encode()).hexdigest()[:_ID_DIGITS]}",
            "type": kind,
            "kind": kind,
            "status": ruling.status,
            "lang": _language(exchange.text),
            "question": exchange.text,
            "history": [],
            "answerable": ruling.is_answerable,
            "gold": keys if ruling.is_answerable else [],
            "also_ok": [] if ruling.is_answerable else keys,
            "lead": list(leads) if ruling.is_answerable else [],
            "must_say": [],
            "must_not_say": [],
            "note": f"真实提问;{word.at:%Y-%m-%d} 由 {word.speaker} 判定 {word.verdict}",
        }


def _kind(exchange: Exchange, ruling: Ruling) -> str:
    """As the sets name it: a ticket, or what the answer took the question for, as far as the ruling bears that out."""
    if exchange.kind == "assist":
        return "ticket"
    intent: str = exchange.response["intent"]
    if ruling.is_answerable:
        return "which_office" if intent in _BESIDE else intent
    return intent if intent in _BESIDE else "unanswerable"


def _language(text: str) -> str | None:
    """The language that a question will be taken for; None if it cannot be asked."""
    try:
        return read_question(text).language
    except BadQuestion:
        return None
