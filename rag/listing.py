"""Lists and counts over the catalogue: 房管局牵头几条, 没打星的措施, 附件1第二部分有哪些, A牵头B配合的."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.catalogue import CatalogueFilter, Role, printed_departments, select
from ingest.corpus import Corpus, CorpusNotice
from ingest.departments import Department
from ingest.notice import Source, SourceKind
from ingest.place import REGION_LEVELS
from rag.heading import named_heading
from rag.level import level_kind
from rag.listing_cues import patterns, says
from rag.scope import Scope
from rag.wanted import PLACEHOLDER, Wanted, register_for, wanted_departments

_NUMBERS = {name: value for value, name in enumerate("零一二三四五六七八九十")} | {"两": 2}
_IN_ORDER: tuple[Role, ...] = ("lead", "responsible", "cooperating")
_ENGLISH_NUMBERS = {name: value for value, name in enumerate(("zero", "one", "two", "three", "four", "five", "six"))}

Found = tuple[tuple[CorpusNotice, Source], ...]
"""Sources with their notices."""


@dataclass(frozen=True, slots=True)
class LeadCount:
    """How many lead departments: exactly ``count``, or ``count`` and more."""

    count: int
    more: bool

    def fits(self, leads: int) -> bool:
        """Whether so many are right."""
        return leads >= self.count if self.more else leads == self.count


@dataclass(frozen=True, slots=True)
class Listing:
    """What was listed: every measure and item that fits, with its notice, and by which conditions.

    ``groups`` part them by the role of the department, where one department was asked for in any role.
    """

    conditions: CatalogueFilter
    wanted: tuple[Wanted, ...]
    leads: LeadCount | None
    without_cooperating: bool
    found: Found
    groups: tuple[tuple[Role, Found], ...]


def read_listing(text: str, corpus: Corpus, scope: Scope) -> Listing | None:
    """The list that ``text`` asks for over a scope; None if it names no condition that the catalogue knows."""
    folded = text.lower()
    register = register_for(folded, corpus, scope)
    wanted = wanted_departments(folded, register)
    rest = register.replaced_in(folded, PLACEHOLDER)
    is_wider = any(_is_wider(each.department, scope) for each in wanted)
    in_annex = (is_wider or says("annex", folded)) and _has_annex(corpus, scope)
    says_annex = in_annex and says("annex", folded)
    heading = named_heading(rest, scope.notices, in_annex=says_annex, is_loose=says("heading", folded))
    starred = None if not says("starred", folded) else not says("unstarred", folded)
    without_cooperating = says("without_cooperating", folded)
    # “两家一起牵头” beside two named departments counts these.
    leads = _lead_count(folded) if len(wanted) < 2 else None
    kind = _kind(folded, in_annex, wanted)
    ids = tuple(entry.id for entry in scope.notices)
    conditions = CatalogueFilter(ids, category=heading, starred=starred)
    told = (wanted, heading, starred is not None, without_cooperating, leads)
    # All measures are meant only where nothing narrows them down, be it a name that the register does not know.
    is_everything = kind and says("everything", folded) and not says("narrowed", folded)
    if not any(told) and not is_everything:
        return None
    # Several departments: what any of them has a part in, unless they are asked for together or in different roles.
    is_joint = says("together", folded) or len({each.role for each in wanted}) > 1
    of_departments = all if is_joint else any
    found = tuple(
        (entry, source)
        for entry, source in ((corpus.notice(notice_id), source) for notice_id, source in select(corpus, conditions))
        if (kind is None or _level(corpus, entry, source) == kind)
        and (not wanted or of_departments(_joins(corpus, entry, source, each) for each in wanted))
        and not (without_cooperating and source.cooperating)
        and (leads is None or leads.fits(len(source.lead or source.responsible)))
    )
    groups = _by_role(corpus, found, wanted[0].department) if len(wanted) == 1 and not wanted[0].role else ()
    return Listing(conditions, wanted, leads, without_cooperating, found, groups)


def _has_annex(corpus: Corpus, scope: Scope) -> bool:
    """Whether anything in the scope is of the city around the district."""
    pairs = ((entry, source) for entry in scope.notices for source in entry.notice.sources)
    return any(_level(corpus, entry, source) == "municipal_item" for entry, source in pairs)


def _level(corpus: Corpus, entry: CorpusNotice, source: Source) -> SourceKind:
    return level_kind(source, entry.place, corpus.home)


def _is_wider(department: Department, scope: Scope) -> bool:
    """Whether an office is of a higher level than the place that the scope is about."""
    own = scope.first.place.level or "district"
    return REGION_LEVELS.index(department.level) < REGION_LEVELS.index(own)


def _joins(corpus: Corpus, entry: CorpusNotice, source: Source, wanted: Wanted) -> bool:
    """Whether a department has the wanted part; where a notice tells no lead, who is responsible comes nearest."""
    roles: tuple[Role | None, ...] = ("lead", "responsible") if wanted.role == "lead" else (wanted.role,)
    printed = [name for role in roles for name in printed_departments(source, role)]
    return wanted.department.name in corpus.register_of(entry).canonical(printed)


def _by_role(corpus: Corpus, found: Found, department: Department) -> tuple[tuple[Role, Found], ...]:
    def part(role: Role) -> Found:
        return tuple(
            (entry, source)
            for entry, source in found
            if department.name in corpus.register_of(entry).canonical(printed_departments(source, role))
        )

    return tuple((role, joined) for role in _IN_ORDER if (joined := part(role)))


def _kind(text: str, in_annex: bool, wanted: Sequence[Wanted]) -> SourceKind | None:
    if in_annex:
        return "municipal_item"
    # Items of Annex 1 never name cooperating departments, so the question can only be about measures.
    return (
        "measure"
        if all(each.department.collective for each in wanted)
        and (says("measures", text) or says("without_cooperating", text))
        else None
    )


def _lead_count(text: str) -> LeadCount | None:
    if says("sole_lead", text):
        return LeadCount(1, more=False)
    for pattern in patterns("lead_count"):
        if match := pattern.search(text):
            said = match["count"]
            count = int(said) if said.isdigit() else _NUMBERS.get(said, _ENGLISH_NUMBERS.get(said, 0))
            return LeadCount(count, more=says("at_least", text))
    return None
