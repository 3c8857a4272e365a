"""Approved answers: what a reviewer has settled for a question holds for every question in nearly the same words."""

import re
from dataclasses import dataclass
from datetime import datetime

from ingest.bank import OUTSIDE, ApprovedQuestion
from ingest.index import Index
from ingest.index.layout import QUESTIONS
from ingest.index.passages import question_id
from rag.place import places_named

SAME = 0.96
"""Cosine from which on two questions are the same: greetings and politeness stay above it for 19 of 20 questions, no
two of the bank's 5,329 that lead to different sources come near it (the nearest: 0.93)."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Annotation:
    """An approved ``question``, who approved it and when. ``source_id`` is None if the notice does not deal with it."""

    question: str
    approved_by: str
    approved_at: datetime
    source_id: str | None


class Annotations:
    """The approved questions of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._approved = {
            question_id(entry.id, "approved", each): each for entry in index.corpus.notices for each in entry.approved
        }

    def find(self, text: str, scope: tuple[str, ...] | None) -> Annotation | None:
        """The annotation of a question that is the same as ``text``, of the notices in ``scope`` (None: of all)."""
        if not self._approved:
            return None
        found = self._index.nearest(QUESTIONS, self._index.encoder.encode_queries([text]), 1, scope, "approved")
        if not found or found[0][1] < SAME:
            return None
        name = found[0][0]
        approved = self._approved[name]
        return _annotation(name, approved) if _names_the_same(text, approved.question) else None


def _annotation(passage_id: str, approved: ApprovedQuestion) -> Annotation:
    source_id = None if approved.source == OUTSIDE else passage_id.partition("#")[0]
    return Annotation(approved.question, approved.approved_by, approved.approved_at, source_id)


def _names_the_same(one: str, other: str) -> bool:
    """Whether both name the same numbers and places, which weigh little in an embedding and much in an answer."""
    return _NUMBER.findall(one) == _NUMBER.findall(other) and places_named(one) == places_named(other)
