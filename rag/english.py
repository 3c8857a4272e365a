"""Departments that an English question names, by the telling words of their unofficial English names."""

import re
from collections.abc import Iterator

from ingest.departments import Department, DepartmentRegister

_WORD = re.compile(r"[a-z]+")
_STEM = 5
"""Letters that words of one stem share (tax and taxation apart: short words must be equal)."""

_HOLLOW = frozenset(
    [
        "hongkou",
        "district",
        "shanghai",
        "municipal",
        "of",
        "the",
        "and",
        "for",
        "people",
        "s",
        "state",
        "china",
        "office",
        "bureau",
        "commission",
        "administration",
        "department",
        "services",
        "service",
        "work",
        "group",
        "branch",
        "authority",
        "division",
        "new",
        "area",
        "which",
        "measures",
        "measure",
        "does",
        "lead",
        "led",
        "by",
        "in",
        "cpc",
        "committee",
        "general",
        "special",
        "government",
    ]
)
_MUNICIPAL = re.compile(r"municipal|shanghai|city")
_OFFICE = re.compile(r"bureau|commission|office|administration|department|court|procuratorate|group|service|authority")
_MOSTLY = 0.5


def departments_in_english(text: str, departments: DepartmentRegister) -> tuple[Department, ...]:
    """The departments that ``text`` names in English, best matches first; of both levels the one that is said."""
    if not _OFFICE.search(text):
        return ()
    level = "municipal" if _MUNICIPAL.search(text) else "district"
    said = set(_stems(text))
    matches = []
    for department in departments.departments:
        telling = set(_stems(re.split(r"[,(]", department.english)[0]))
        shared = telling & said
        if department.level == level and not department.collective and shared and len(shared) / len(telling) >= _MOSTLY:
            matches.append((len(shared) / len(telling), len(shared), department, shared))
    found, used = [], set[str]()
    for _, _, department, shared in sorted(matches, key=lambda match: match[:2], reverse=True):
        if not shared & used:
            found.append(department)
            used |= shared
    return tuple(found)


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _HOLLOW)
