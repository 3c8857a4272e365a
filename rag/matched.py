"""Which words of a quote the question shares, so that a reader sees at a glance why it was cited."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import jieba

from ingest.index.lexicon import stop_words
from rag.answer import Citation
from rag.question import normalised

MIN_LENGTH = 2
"""A single character or digit is in too many sentences to tell anything."""

_REMEMBERED = 1024
"""Quotes are few and come again; cutting one into words takes longer than all the rest."""


def matched(quote: str, question: str) -> tuple[tuple[int, int], ...]:
    """Ascending, disjoint [start, end) offsets, in characters, of what ``quote`` shares with ``question``.

    Whole words and the words inside them, no stop words; neighbours are one span. Width, case and script of the
    question make no difference.
    """
    return _spans(quote, _asked(question))


def marked(citations: Sequence[Citation], question: str) -> tuple[Citation, ...]:
    """The citations with what their quotes share with ``question``."""
    asked = _asked(question)
    return tuple(replace(citation, matched=_spans(citation.quote, asked)) for citation in citations)


def _asked(question: str) -> frozenset[str]:
    return frozenset(word for word, _, _ in _cut(normalised(question)))


def _spans(quote: str, asked: frozenset[str]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for word, start, end in _remembered(quote) if word in asked):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _cut(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of ``text`` that carry a topic, with their offsets.

    Not what jieba would guess: that depends on what stands around it. Characters that are in no word of the dictionary
    stand together instead: notices coin words (秒贷, 免申即享).
    """
    words: list[tuple[str, int, int]] = []
    is_coined = False
    for word, start, end in jieba.tokenize(_folded(text), mode="search", HMM=False):
        if not word.isalnum() or word in stop_words():
            is_coined = False
            continue
        if is_coined and len(word) == 1:
            coined, first, _ = words[-1]
            words[-1] = (coined + word, first, end)
        else:
            words.append((word, start, end))
        is_coined = len(word) == 1
    return tuple(each for each in words if len(each[0]) >= MIN_LENGTH)


_remembered = lru_cache(maxsize=_REMEMBERED)(_cut)


def _folded(text: str) -> str:
    """``text`` in lower case and normal width, each character in its place."""
    folded = ((char, unicodedata.normalize("NFKC", char).lower()) for char in text)
    return "".join(plain if len(plain) == 1 else char for char, plain in folded)
