"""The sources that one search is about, as the rows of a table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from ingest.notice import Source
from rag.fusion import Floats, Mask

COOPERATING_SHARE = 0.5
"""A cooperating department that is named speaks half as loud as a lead one; how loud that is, is learned."""


@dataclass(frozen=True)
class SourceTable:
    """Sources with what does not change from question to question.

    ``rows`` are their places in the lexicons, ``banked`` says which have banked questions, ``leads`` and
    ``cooperating`` hold canonical department names.
    """

    ids: tuple[str, ...]
    sources: tuple[Source, ...]
    rows: NDArray[np.intp]
    banked: Mask
    leads: tuple[frozenset[str], ...]
    cooperating: tuple[frozenset[str], ...]

    def department_match(self, named: frozenset[str]) -> Floats:
        """1 for each source that a named department leads, a half if it only joins, else 0."""
        if not named:
            return np.zeros(len(self.ids))
        return np.array(
            [
                1.0 if named & leads else COOPERATING_SHARE if named & cooperating else 0.0
                for leads, cooperating in zip(self.leads, self.cooperating, strict=True)
            ]
        )


def source_table(index: Index, notice_id: str | None) -> SourceTable:
    """The sources of one notice, or of all. Raises UnknownNotice."""
    corpus = index.corpus
    entries = (corpus.notice(notice_id),) if notice_id else corpus.notices
    found = [(entry, source) for entry in entries for source in entry.notice.sources]
    ids = tuple(f"{entry.id}/{source.key}" for entry, source in found)
    canonical = corpus.departments.canonical
    with_questions = {f"{entry.id}/{banked.source}" for entry in entries for banked in entry.questions}
    return SourceTable(
        ids=ids,
        sources=tuple(source for _, source in found),
        rows=np.array([index.lexicon.row[source_id] for source_id in ids]),
        banked=np.array([source_id in with_questions for source_id in ids]),
        leads=tuple(frozenset(canonical(source.lead or source.responsible)) for _, source in found),
        cooperating=tuple(frozenset(canonical(source.cooperating)) for _, source in found),
    )
