"""The sources that one search is about, as the rows of a table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingest.index import Index
from ingest.index.lexicon import Lexicon, Rows, joint_scores
from ingest.index.segment import Segment
from ingest.notice import SOURCE_KINDS, Source, SourceKind
from ingest.place import Region
from rag.fusion import Floats, Mask
from rag.level import level_kind

COOPERATING_SHARE = 0.5
"""A cooperating department that is named speaks half as loud as a lead one; how loud that is, is learned."""

HANDICAP = 2.0
"""In z-scores, for a notice itself where questions are banked for none of its sources: its text has all that no measure
has, is many times as long, and resembles every question a little. Chosen on eval/training/bankless (first source right
.72 without, .78 with it)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The sources of one segment: its rows in the table, and in the segment's lexicons."""

    segment: Segment
    rows: Rows
    lexicon_rows: Rows


@dataclass(frozen=True)
class SourceTable:
    """Sources with what does not change from question to question.

    ``scope`` are the notices that they are of (None: all), ``parts`` their places in the lexicons of each segment, in
    the order of the rows. ``banked`` says which have banked questions, ``leads`` and ``cooperating`` hold the rows of
    each canonical department, ``levels`` the kinds that tell the sources' levels of government; ``regions`` is where
    the notices are in force, the home region first; ``handicaps`` are taken off the fused scores.
    """

    scope: tuple[str, ...] | None
    parts: tuple[Part, ...]
    ids: tuple[str, ...]
    sources: tuple[Source, ...]
    banked: Mask
    leads: Mapping[str, Sequence[int]]
    cooperating: Mapping[str, Sequence[int]]
    levels: tuple[SourceKind, ...]
    regions: tuple[Region, ...]
    handicaps: Floats

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

    def lexical_match(self, lexicon_of: Callable[[Segment], Lexicon], tokens: Sequence[str]) -> Floats:
        """BM25 score of each source in one of the lexicons."""
        match = np.zeros(len(self.ids))
        lexicons = [(lexicon_of(part.segment), part.lexicon_rows) for part in self.parts]
        for part, scores in zip(self.parts, joint_scores(lexicons, tokens), strict=True):
            match[part.rows] = scores
        return match

    def level_match(self, match_of: Mapping[SourceKind, float]) -> Floats:
        """The value of each source's level."""
        match = np.zeros(len(self.ids))
        for kind, value in match_of.items():
            if value:
                match[self._of_kind[kind]] = value
        return match

    @cached_property
    def _of_kind(self) -> Mapping[SourceKind, Mask]:
        kinds = np.array(self.levels)
        return {kind: kinds == kind for kind in SOURCE_KINDS}


def source_table(index: Index, scope: tuple[str, ...] | None) -> SourceTable:
    """The sources of the notices in ``scope`` (ids; None: of all). Raises UnknownNotice."""
    corpus = index.corpus
    entries = corpus.notices if scope is None else tuple(corpus.notice(each) for each in scope)
    found = [(entry, source) for entry in entries for source in entry.notice.sources]
    ids = tuple(f"{entry.id}/{source.key}" for entry, source in found)
    held = {entry.place for entry in entries}
    with_questions = {f"{entry.id}/{key}" for entry in entries for key in entry.banked_keys}
    return SourceTable(
        scope=scope,
        parts=tuple(_part(segment, ids) for segment, _ in index.within(scope)),
        ids=ids,
        sources=tuple(source for _, source in found),
        banked=np.array([source_id in with_questions for source_id in ids]),
        leads=_rows_by_name(
            corpus.register_of(entry).canonical(source.lead or source.responsible) for entry, source in found
        ),
        cooperating=_rows_by_name(corpus.register_of(entry).canonical(source.cooperating) for entry, source in found),
        levels=tuple(level_kind(source, entry.place, corpus.home) for entry, source in found),
        regions=tuple(region for region in corpus.registers.by_region if region in held),
        handicaps=np.array(
            [HANDICAP if source.kind == "notice" and not entry.banked_keys else 0.0 for entry, source in found]
        ),
    )


def _part(segment: Segment, ids: Sequence[str]) -> Part:
    places = segment.lexicon.row
    rows = [row for row, source_id in enumerate(ids) if source_id in places]
    return Part(segment, np.array(rows), np.array([places[ids[row]] for row in rows]))


def _rows_by_name(names: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, members in enumerate(names):
        for name in members:
            rows[name].append(row)
    return dict(rows)
