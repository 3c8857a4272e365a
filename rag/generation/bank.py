"""Questions that owners might ask about a source, drafted for the question bank; each waits for a person's approval."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.corpus import CorpusNotice
from ingest.notice import Source
from rag.generation.written import written
from rag.model import ModelServers
from rag.privacy import find_private
from rag.question import normalised

MAX_LENGTH = 60
"""Characters; what people ask is shorter, and a longer line is the model's talk or several questions."""

TOKENS_EACH = 80
"""More than a question of the longest kind takes."""

Flaw = Literal["no_question", "too_long", "private", "banked", "repeated", "surplus"]
"""Why a line is dropped: a heading or not in Chinese; too long; has personal data; is in the bank of the notice; has
been said; or comes after as many as were wanted."""

_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class DraftedQuestions:
    """The questions that are left, who wrote them, and how many lines were dropped, by reason."""

    questions: tuple[str, ...]
    model: str
    dropped: Mapping[Flaw, int]


async def draft_questions(models: ModelServers, entry: CorpusNotice, source: Source, count: int) -> DraftedQuestions:
    """At most ``count`` questions on a source of a notice. Raises ModelUnavailable."""
    told = f"标题:{source.title}\n所在:{' › '.join(source.outline)}\n正文:{source.text}\n\n写{count}个问题。"
    answer = await written(models, "bank", told, TOKENS_EACH * count)
    questions: list[str] = []
    dropped: Counter[Flaw] = Counter()
    known = {normalised(each.question) for each in entry.bank}
    for question in answer.lines:
        if flaw := _flaw(question, known, questions):
            dropped[flaw] += 1
        elif len(questions) == count:
            dropped["surplus"] += 1
        else:
            questions.append(question)
    return DraftedQuestions(tuple(questions), answer.model, dict(dropped))


def _flaw(question: str, known: set[str], said: list[str]) -> Flaw | None:
    compared = normalised(question)
    if not _HAN.search(compared) or compared.endswith(":"):
        return "no_question"
    if len(question) > MAX_LENGTH:
        return "too_long"
    if compared in known:
        return "banked"
    if compared in map(normalised, said):
        return "repeated"
    return "private" if find_private(question) else None
