"""Lists and counts over the catalogue: 房管局牵头几条, 没打星的措施, 附件1第二部分有哪些, A牵头B配合的."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.catalogue import CatalogueFilter, Role, printed_departments, select
from ingest.corpus import Corpus
from ingest.departments import Department
from ingest.notice import Source, SourceKind
from rag.english import departments_in_english
from rag.heading import named_heading

_CUES_FILE = Path(__file__).parent / "data" / "listing.toml"
_PLACEHOLDER = "〔部门〕"
_NUMBERS = {name: value for value, name in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ENGLISH_NUMBERS = {name: value for value, name in enumerate(("zero", "one", "two", "three", "four", "five", "six"))}

Found = tuple[tuple[str, Source], ...]
"""Sources with the ids of their notices."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A department in one role, or in any."""

    department: Department
    role: Role | None


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
    """What was listed: every measure and item that fits, with its notice's id, and by which conditions.

    ``groups`` part them by the role of the department, where one department was asked for in any role.
    """

    conditions: CatalogueFilter
    wanted: tuple[Wanted, ...]
    leads: LeadCount | None
    without_cooperating: bool
    found: Found
    groups: tuple[tuple[Role, Found], ...]


def read_listing(text: str, corpus: Corpus, notice_id: str | None) -> Listing | None:
    """The list that ``text`` asks for; None if it names no condition that the catalogue knows."""
    folded = text.lower()
    wanted = _wanted(folded, corpus)
    rest = corpus.departments.replaced_in(folded, _PLACEHOLDER)
    in_annex = _says("annex", folded) or any(each.department.level == "municipal" for each in wanted)
    heading = named_heading(rest, corpus, in_annex=_says("annex", folded), is_loose=_says("heading", folded))
    starred = None if not _says("starred", folded) else not _says("unstarred", folded)
    without_cooperating = _says("without_cooperating", folded)
    # “两家一起牵头” beside two named departments counts these.
    leads = _lead_count(folded) if len(wanted) < 2 else None
    conditions = CatalogueFilter(notice_id, category=heading, starred=starred, kind=_kind(folded, in_annex, wanted))
    told = (wanted, heading, starred is not None, without_cooperating, leads)
    # All measures are meant only where nothing narrows them down, be it a name that the register does not know.
    is_everything = conditions.kind and _says("everything", folded) and not _says("narrowed", folded)
    if not any(told) and not is_everything:
        return None
    # Several departments: what any of them has a part in, unless they are asked for together or in different roles.
    is_joint = _says("together", folded) or len({each.role for each in wanted}) > 1
    of_departments = all if is_joint else any
    found = tuple(
        (held_by, source)
        for held_by, source in select(corpus, conditions)
        if (not wanted or of_departments(_joins(corpus, source, each) for each in wanted))
        and not (without_cooperating and source.cooperating)
        and (leads is None or leads.fits(len(source.lead or source.responsible)))
    )
    groups = _by_role(corpus, found, wanted[0].department) if len(wanted) == 1 and not wanted[0].role else ()
    return Listing(conditions, wanted, leads, without_cooperating, found, groups)


def _joins(corpus: Corpus, source: Source, wanted: Wanted) -> bool:
    roles: tuple[Role | None, ...] = ("lead", "responsible") if wanted.role == "lead" else (wanted.role,)
    printed = [name for role in roles for name in printed_departments(source, role)]
    return wanted.department.name in corpus.departments.canonical(printed)


def _by_role(corpus: Corpus, found: Found, department: Department) -> tuple[tuple[Role, Found], ...]:
    roles: tuple[Role, ...] = ("lead", "cooperating")
    parts = (
        (role, tuple(pair for pair in found if _joins(corpus, pair[1], Wanted(department, role)))) for role in roles
    )
    return tuple((role, part) for role, part in parts if part)


def _wanted(text: str, corpus: Corpus) -> tuple[Wanted, ...]:
    """The departments in the order they are named, each in the role that is said of it, or that is said of all."""
    named = corpus.departments.mentioned_in(text)
    after = corpus.departments.replaced_in(text, _PLACEHOLDER).split(_PLACEHOLDER)[1:]
    overall = _role(text)
    wanted = {
        found.name: Wanted(found, _role(told) or overall)
        for found, told in zip(named, after, strict=True)
        if not found.collective or _says("collective", text)
    }
    for found in departments_in_english(text, corpus.departments):
        wanted.setdefault(found.name, Wanted(found, overall))
    return tuple(wanted.values())


def _role(text: str) -> Role | None:
    lead, cooperating = _says("lead", text), _says("cooperating", text) and not _says("without_cooperating", text)
    if lead == cooperating or _says("any_role", text):
        return None
    return "lead" if lead else "cooperating"


def _kind(text: str, in_annex: bool, wanted: Sequence[Wanted]) -> SourceKind | None:
    if in_annex:
        return "municipal_item"
    # Items of Annex 1 never name cooperating departments, so the question can only be about measures.
    return (
        "measure"
        if all(each.department.collective for each in wanted)
        and (_says("measures", text) or _says("without_cooperating", text))
        else None
    )


def _lead_count(text: str) -> LeadCount | None:
    if _says("sole_lead", text):
        return LeadCount(1, more=False)
    for pattern in _cues()["lead_count"]:
        if match := pattern.search(text):
            said = match["count"]
            count = int(said) if said.isdigit() else _NUMBERS.get(said, _ENGLISH_NUMBERS.get(said, 0))
            return LeadCount(count, more=_says("at_least", text))
    return None


def _says(cue: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _cues()[cue])


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[re.Pattern[str], ...]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {name: tuple(re.compile(pattern) for pattern in patterns) for name, patterns in data.items()}
