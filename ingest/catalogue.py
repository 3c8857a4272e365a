"""Searching the catalogue by what is printed in it: role of a department, heading, ★, words. No embedding."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.corpus import Corpus
from ingest.departments import Department, DepartmentRegister
from ingest.notice import Source, SourceKind
from ingest.outline import read_heading
from ingest.place import Region

Role = Literal["lead", "cooperating", "responsible"]
ROLES: tuple[Role, ...] = ("lead", "cooperating", "responsible")


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """Which measures and items are wanted; every condition that is given must hold.

    ``scope`` are ids of notices, None means all; a ``department`` is one of the regions of these notices. ``role`` None
    means any role; ``category`` is a heading with or without its number; ``words`` are separated by blanks and must all
    occur in title, text, outline or departments. ``in_force``: True leaves out what a loaded notice supersedes, False
    all else.
    """

    scope: tuple[str, ...] | None = None
    department: Department | None = None
    role: Role | None = None
    category: str | None = None
    starred: bool | None = None
    kind: SourceKind | None = None
    words: str = ""
    in_force: bool | None = None


def printed_departments(source: Source, role: Role | None = None) -> tuple[str, ...]:
    """The departments of a source in one role, or in all, as printed."""
    names: dict[Role, tuple[str, ...]] = {
        "lead": source.lead,
        "cooperating": source.cooperating,
        "responsible": source.responsible,
    }
    return names[role] if role else tuple(name for each in ROLES for name in names[each])


def select(corpus: Corpus, wanted: CatalogueFilter) -> Iterator[tuple[str, Source]]:
    """Measures and items that fit, with their notice's id, in printed order, by notice. Raises UnknownNotice."""
    notices = corpus.notices if wanted.scope is None else tuple(map(corpus.notice, wanted.scope))
    for entry in notices:
        register = corpus.register_of(entry)
        if wanted.in_force is not None and wanted.in_force is bool(entry.superseded_by):
            continue
        for source in (*entry.notice.measures, *entry.notice.municipal_items):
            if _fits(register, source, wanted):
                yield entry.id, source


def roles_of(corpus: Corpus, department: Department, region: Region) -> dict[Role, list[tuple[str, Source]]]:
    """Everything in force that a department of a region leads, joins or is responsible for by the region's notices."""
    wanted = CatalogueFilter(corpus.scope_of(region), department, in_force=True)
    return {role: list(select(corpus, replace(wanted, role=role))) for role in ROLES}


def _fits(register: DepartmentRegister, source: Source, wanted: CatalogueFilter) -> bool:
    if wanted.kind and source.kind != wanted.kind:
        return False
    if wanted.starred is not None and source.starred is not wanted.starred:
        return False
    if wanted.category and not any(_is_heading(label, wanted.category) for label in source.outline):
        return False
    if wanted.department:
        names = printed_departments(source, wanted.role)
        if wanted.department.name not in register.canonical(names):
            return False
    if not wanted.words:
        return True
    haystack = _fold(" ".join((source.title, source.text, *source.outline, *printed_departments(source))))
    return all(word in haystack for word in _fold(wanted.words).split())


def _is_heading(label: str, wanted: str) -> bool:
    heading = read_heading(label)
    return _fold(wanted) in {_fold(label), _fold(heading.title) if heading else ""}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
