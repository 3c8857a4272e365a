"""The sources that one search is about, as the rows of a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from ingest.notice import SOURCE_KINDS, Source, SourceKind
from rag.fusion import Floats, Mask

COOPERATING_SHARE = 0.5
"""A cooperating department that is named speaks half as loud as a lead one; how loud that is, is learned."""


@dataclass(frozen=True)
class SourceTable:
    """Sources with what does not change from question to question.

    ``lexicon_rows`` are their places in the lexicons, ``banked`` says which have banked questions, ``leads`` and
    ``cooperating`` hold the rows of each canonical department.
    """

    ids: tuple[str, ...]
    sources: tuple[Source, ...]
    lexicon_rows: NDArray[np.intp]
    banked: Mask
    leads: Mapping[str, Sequence[int]]
    cooperating: Mapping[str, Sequence[int]]

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each source id."""
        return {source_id: row for row, source_id in enumerate(self.ids)}

    def department_match(self, named: frozenset[str]) -> Floats:
        """1 for each source that a named department leads, a half if it only joins, else 0."""
        match = np.zeros(len(self.ids))
        for rows, share in ((self.cooperating, COOPERATING_SHARE), (self.leads, 1.0)):
            for name in named:
                match[list(rows.get(name, ()))] = share
        return match

    def level_match(self, match_of: Mapping[SourceKind, float]) -> Floats:
        """The value of each source's kind."""
        match = np.zeros(len(self.ids))
        for kind, value in match_of.items():
            if value:
                match[self._of_kind[kind]] = value
        return match

    @cached_property
    def _of_kind(self) -> Mapping[SourceKind, Mask]:
        kinds = np.array([source.kind for source in self.sources])
        return {kind: kinds == kind for kind in SOURCE_KINDS}


def source_table(index: Index, notice_id: str | None) -> SourceTable:
    """The sources of one notice, or of all. Raises UnknownNotice."""
    corpus = index.corpus
    entries = (corpus.notice(notice_id),) if notice_id else corpus.notices
    found = [(entry, source) for entry in entries for source in entry.notice.sources]
    ids = tuple(f"{entry.id}/{source.key}" for entry, source in found)
    canonical = corpus.departments.canonical
    with_questions = {f"{entry.id}/{key}" for entry in entries for key in entry.banked_keys}
    return SourceTable(
        ids=ids,
        sources=tuple(source for _, source in found),
        lexicon_rows=np.array([index.lexicon.row[source_id] for source_id in ids]),
        banked=np.array([source_id in with_questions for source_id in ids]),
        leads=_rows_by_name(canonical(source.lead or source.responsible) for _, source in found),
        cooperating=_rows_by_name(canonical(source.cooperating) for _, source in found),
    )


def _rows_by_name(names: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, members in enumerate(names):
        for name in members:
            rows[name].append(row)
    return dict(rows)
