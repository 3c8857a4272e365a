"""A text cut at its marks into clauses, and where words that were taken from it stand among them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.question import normalised

_MARK = r",。;!?…:\uff0c\uff1b\uff01\uff1f\uff1a\n"
_MARKS = re.compile(rf"[{_MARK}]+")
_CLAUSE = re.compile(rf"[^{_MARK}]+[{_MARK}]*")
_AROUND = re.compile(rf"^[\s{_MARK}]+|[\s{_MARK}]+$")
_SENTENCE_END = re.compile(r"[。;!?…\uff1b\uff01\uff1f\n]\s*$")
_AGENT = re.compile(r"^\s*(?:坐席|话务员|接线员|客服|记录员|受理员)\s*[:\uff1a]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a ticket between two marks, without them; ``ends`` says whether a sentence ends with it."""

    start: int
    end: int
    text: str
    ends: bool
    by_agent: bool = False


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text. What a hotline agent says in a transcript is marked as such."""
    found: list[Clause] = []
    by_agent = False
    for match in _CLAUSE.finditer(text):
        stripped = _AROUND.sub("", match.group())
        if not stripped:
            continue
        line_start = text.rfind("\n", 0, match.end()) + 1 if "\n" in text else 0
        by_agent = _AGENT.match(text[line_start : match.end()]) is not None
        start = match.start() + match.group().index(stripped)
        ends = _SENTENCE_END.search(match.group()) is not None
        found.append(Clause(start, start + len(stripped), stripped, ends, by_agent))
    return tuple(found)


def place(found: Sequence[Clause], excerpt: str) -> tuple[int, int] | None:
    """First and last of the clauses that an excerpt reaches into, marks and blanks aside; None if it is not in them."""
    texts = [_words(clause.text) for clause in found]
    wanted = _words(excerpt)
    start = "".join(texts).find(wanted) if wanted else -1
    if start < 0:
        return None
    ends = list(accumulate(map(len, texts)))
    return bisect_right(ends, start), bisect_right(ends, start + len(wanted) - 1)


def _words(text: str) -> str:
    return "".join(normalised(_MARKS.sub(" ", text)).split())
