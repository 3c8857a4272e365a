"""Departments of which nothing is known but the names that notices print: their level, and how else they are named."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.departments import Department, DepartmentLevel, DepartmentRegister, prefix_pattern, without_tail
from ingest.place import Region, RegionLevel

Row = tuple[str, ...]
"""Departments as a notice prints them, one after the other in one role."""

_LETTERS: dict[str, DepartmentLevel] = {"省": "province", "市": "municipal", "区": "district", "县": "county"}
_WORD = re.compile(r"市场|区块|区域|县域")
"""Words that begin with such a letter and say nothing of a level."""

_NATIONAL = re.compile(r"国家|中央|全国")
_COLLECTIVE = re.compile(r"各|有关|相关|^$")
_OWN_STANDING = re.compile(r"^(?:中国|国家|全国|中央|人民银行)|(?:银行|分行|分局|海关|公司|集团|大学|学院)$")
"""Offices that belong to none of the levels that a list is of: 中国人民银行泰安市分行 is no office of the city."""


def completed(register: DepartmentRegister, rows: Iterable[Row]) -> DepartmentRegister:
    """The register with the departments of those rows that it lacks."""
    found = {(each.level, _bare(each.name, each.level, register.region)): each for each in register.departments}
    for row in rows:
        for printed, level in _levels(row, register.region):
            if register.find(printed) is None:
                _add(found, without_tail(printed), level, register.region)
    return DepartmentRegister(tuple(found.values()), register.region)


def _add(
    found: dict[tuple[DepartmentLevel, str], Department], printed: str, level: DepartmentLevel, region: Region
) -> None:
    bare = _bare(printed, level, region)
    known = found.get((level, bare))
    if known is None:
        aliases = () if bare == printed else (bare.removeprefix("委"),)
        is_collective = _COLLECTIVE.search(printed) is not None
        found[level, bare] = Department(printed, level, (), "", aliases, "", is_collective)
    elif printed not in (known.name, *known.printed, *known.aliases):
        # Of 省教育厅 and the 教育厅 that follows 省科技厅 the whole name is the one to show.
        is_fuller = known.name == bare and printed.endswith(bare)
        name, other = (printed, known.name) if is_fuller else (known.name, printed)
        found[level, bare] = replace(known, name=name, printed=(*known.printed, other))


def _levels(row: Row, region: Region) -> Iterator[tuple[str, DepartmentLevel]]:
    """The names of a row with their levels: a prefix that the first one carries is left out of the others."""
    carried: DepartmentLevel | None = None
    own: RegionLevel = region.level or "municipal"
    for place, printed in enumerate(row):
        level = _level(printed, region)
        if place == 0:
            carried = level
        if level is None and not _OWN_STANDING.search(printed) and not _COLLECTIVE.search(printed):
            level = carried
        yield printed, level or own


def _level(printed: str, region: Region) -> DepartmentLevel | None:
    """The level that a name shows by itself."""
    if _WORD.match(printed):
        return None
    for level, _ in reversed(region.parts):
        if prefix_pattern(level, region).match(printed):
            return level
    if _NATIONAL.match(printed):
        return "national"
    return _LETTERS.get(printed[:1])


def _bare(name: str, level: DepartmentLevel, region: Region) -> str:
    return name if _WORD.match(name) else prefix_pattern(level, region).sub("", name, count=1)
