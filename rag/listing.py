"""Lists and counts over the catalogue: 房管局牵头几条, 没打星的措施, 附件1第二部分有哪些."""

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
from ingest.outline import chinese_numeral, read_heading

_CUES_FILE = Path(__file__).parent / "data" / "listing.toml"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ORDINAL_HEADING = re.compile(
    rf"第(?P<ordinal>{_NUMERAL}|\d{{1,2}})(?:大)?(?P<level>部分|块|章|节|大项|板块)|[(](?P<section>{_NUMERAL})[)]"
)
_COUNT = re.compile(
    rf"(?P<count>{_NUMERAL}|\d)(?:个|家)?(?:及)?(?P<more>以上|或更多|\+)?(?:的)?(?:单位|部门|牵头|一起|共同)"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What was listed: every measure and item that fits, with its notice's id, and by which conditions.

    ``groups`` part them by the role of the department, where one department was asked for.
    """

    conditions: CatalogueFilter
    departments: tuple[Department, ...]
    found: tuple[tuple[str, Source], ...]
    groups: tuple[tuple[Role, tuple[tuple[str, Source], ...]], ...]
    without_cooperating: bool


def read_listing(text: str, corpus: Corpus, notice_id: str | None) -> Listing | None:
    """The list that ``text`` asks for; None if it names no condition that the catalogue knows."""
    folded = text.lower()
    departments = _departments(folded, corpus)
    heading = _heading(folded, corpus)
    starred = None if not _says("starred", folded) else not _says("unstarred", folded)
    kind = _kind(folded, departments)
    role = _role(folded)
    without_cooperating = _says("without_cooperating", folded)
    leads = _lead_count(folded)
    conditions = CatalogueFilter(
        notice_id,
        department=departments[0] if len(departments) == 1 else None,
        role=role,
        category=heading,
        starred=starred,
        kind=kind if not (heading or departments) or _says("annex", folded) else None,
    )
    told = (departments, heading, starred is not None, without_cooperating, leads)
    # All measures are meant only where nothing narrows them down, be it a name that the register does not know.
    is_everything = kind and _says("everything", folded) and not _says("narrowed", folded)
    if not any(told) and not is_everything:
        return None
    # Several departments: what any of them has a part in, unless they are asked for together.
    of_departments = all if _says("together", folded) else any
    found = tuple(
        (held_by, source)
        for held_by, source in select(corpus, conditions)
        if (not departments or of_departments(_joins(corpus, source, each, role) for each in departments))
        and not (without_cooperating and source.cooperating)
        and (leads is None or leads.fits(len(source.lead)))
        and (kind != "measure" or source.kind == "measure")
    )
    groups = _by_role(corpus, found, departments[0]) if len(departments) == 1 else ()
    return Listing(conditions, tuple(departments), found, groups, without_cooperating)


def _joins(corpus: Corpus, source: Source, department: Department, role: Role | None) -> bool:
    return department.name in corpus.departments.canonical(printed_departments(source, role))


def _by_role(
    corpus: Corpus, found: Sequence[tuple[str, Source]], department: Department
) -> tuple[tuple[Role, tuple[tuple[str, Source], ...]], ...]:
    roles: tuple[Role, ...] = ("lead", "cooperating", "responsible")
    parts = ((role, tuple(pair for pair in found if _joins(corpus, pair[1], department, role))) for role in roles)
    return tuple((role, part) for role, part in parts if part)


def _departments(text: str, corpus: Corpus) -> list[Department]:
    """Departments in the order they are named; unnamed groups (各街道) count where they are printed that way."""
    mentioned = dict.fromkeys(corpus.departments.mentioned_in(text))
    return [found for found in mentioned if not found.collective or found.name in text]


def _heading(text: str, corpus: Corpus) -> str | None:
    """The heading of part or section that is named, by its title, by most of its title, or by its number."""
    labels = dict.fromkeys(
        label for entry in corpus.notices for source in entry.notice.sources for label in source.outline
    )
    titles = {label: read.title for label in labels if (read := read_heading(label))}
    for label, title in titles.items():
        if title in text:
            return label
    if match := _ORDINAL_HEADING.search(text):
        number = match["ordinal"] or match["section"]
        wanted = int(number) if number.isdigit() else chinese_numeral(number)
        level = "section" if match["section"] or match["level"] in ("节", "大项") else "part"
        for label in titles:
            read = read_heading(label)
            in_annex = _is_of_annex(label, corpus)
            if read and (read.level, read.number, in_annex) == (level, wanted, _says("annex", text)):
                return label
    if _says("heading", text):
        shared = {label: len(_pairs(title) & _pairs(text)) / len(_pairs(title)) for label, title in titles.items()}
        best = max(shared, key=lambda label: shared[label])
        if shared[best] >= 0.5:
            return best
    return None


def _is_of_annex(label: str, corpus: Corpus) -> bool:
    return any(label in source.outline for entry in corpus.notices for source in entry.notice.municipal_items)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _role(text: str) -> Role | None:
    lead, cooperating = _says("lead", text), _says("cooperating", text) and not _says("without_cooperating", text)
    if lead == cooperating:
        return None
    return "lead" if lead else "cooperating"


def _kind(text: str, departments: Sequence[Department]) -> SourceKind | None:
    if _says("annex", text) or any(department.level == "municipal" for department in departments):
        return "municipal_item"
    # Items of Annex 1 never name cooperating departments, so the question can only be about measures.
    return "measure" if _says("measures", text) or _says("without_cooperating", text) else None


@dataclass(frozen=True, slots=True)
class _LeadCount:
    count: int
    more: bool

    def fits(self, leads: int) -> bool:
        return leads >= self.count if self.more else leads == self.count


def _lead_count(text: str) -> _LeadCount | None:
    match = _COUNT.search(text)
    if not match or not _says("lead", text):
        return None
    count = int(match["count"]) if match["count"].isdigit() else chinese_numeral(match["count"])
    return _LeadCount(count, more=bool(match["more"]) or _says("at_least", text))


def _says(cue: str, text: str) -> bool:
    return bool(_cues()[cue].search(text))


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data.items()}
