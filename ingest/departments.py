"""The register of departments of one region: canonical names, everyday and former names, English names, level."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ingest.errors import UnknownDepartment
from ingest.place import REGION_LEVELS, Region, RegionLevel, names_of_part

DepartmentLevel = RegionLevel

_LOCAL_FIRST: tuple[DepartmentLevel, ...] = tuple(reversed(REGION_LEVELS))
_LETTER: Mapping[DepartmentLevel, str] = {"province": "省", "municipal": "市", "district": "区", "county": "县"}
_OPEN_ENDED = re.compile(r"等(?:相关|有关)?(?:部门|单位)?$")


@dataclass(frozen=True, slots=True)
class Department:
    """One office. ``collective`` marks an unnamed group (各相关部门); ``english`` is an unofficial translation."""

    name: str
    level: DepartmentLevel
    printed: tuple[str, ...]
    full_name: str
    aliases: tuple[str, ...]
    english: str
    collective: bool = False


@dataclass(frozen=True)
class DepartmentRegister:
    """All known departments of a region, found by any of their names."""

    departments: tuple[Department, ...]
    region: Region

    def find(self, name: str) -> Department | None:
        """The department that ``name`` means: printed, full, everyday or former name, with or without 区/虹口/市.

        A name that fits several levels means the most local one unless it says 市 or 上海.
        """
        wanted = without_tail(name)
        if found := self._by_exact_name.get(wanted):
            return found
        for level in _LOCAL_FIRST:
            bare = self.prefixes[level].sub("", wanted, count=1)
            if bare != wanted and (found := self._by_bare_name[level].get(bare)):
                return found
        for level in _LOCAL_FIRST:
            if found := self._by_bare_name[level].get(wanted):
                return found
        return None

    def get(self, name: str) -> Department:
        """Like find, but raises UnknownDepartment."""
        if department := self.find(name):
            return department
        raise UnknownDepartment(f"没有名为“{name}”的部门。", "可用 GET /v1/departments 查看全部部门。")

    def named_in(self, text: str) -> frozenset[str]:
        """Canonical names of the departments that ``text`` names; of overlapping names the longest counts.

        Names of unnamed groups (街道, 相关部门) are words of everyday talk and do not count.
        """
        return frozenset(found.name for found in self.mentioned_in(text) if not found.collective)

    def mentioned_in(self, text: str) -> tuple[Department, ...]:
        """Every department that ``text`` names, unnamed groups too, in order."""
        return tuple(found for _, _, found in self.spans_in(_fold(text)))

    def spans_in(self, folded: str) -> tuple[tuple[int, int, Department], ...]:
        """Where a text without full-width forms and blanks names departments: [start, end) and which, in order."""
        spans = ((match, self.find(match[0])) for match in self._pattern.finditer(folded))
        return tuple((match.start(), match.end(), found) for match, found in spans if found)

    def replaced_in(self, text: str, placeholder: str) -> str:
        """``text``, folded, with every name of a department replaced."""
        return self._pattern.sub(placeholder, _fold(text))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = {*self._by_exact_name, *(name for bare in self._by_bare_name.values() for name in bare)}
        names |= {f"{letter}{name}" for level, letter in _LETTER.items() for name in self._by_bare_name[level]}
        longest_first = (re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1)
        return re.compile("|".join(longest_first) or "(?!)")

    def canonical(self, printed: Iterable[str]) -> tuple[str, ...]:
        """Canonical names of printed ones, in order; a name the register lacks stays as printed."""
        return tuple(found.name if (found := self.find(name)) else name for name in printed)

    @cached_property
    def prefixes(self) -> Mapping[DepartmentLevel, re.Pattern[str]]:
        """What may stand before the bare name of an office of each level: 上海市虹口区, 虹口, 区."""
        return {level: prefix_pattern(level, self.region) for level in REGION_LEVELS}

    @cached_property
    def _by_exact_name(self) -> dict[str, Department]:
        return {
            _fold(name): department
            for department in self.departments
            for name in (department.full_name, *department.printed, department.name)
            if name
        }

    @cached_property
    def _by_bare_name(self) -> dict[DepartmentLevel, dict[str, Department]]:
        names: dict[DepartmentLevel, dict[str, Department]] = {level: {} for level in REGION_LEVELS}
        for department in self.departments:
            prefix = self.prefixes[department.level]
            for name in (*department.aliases, department.full_name, department.name):
                if name:
                    names[department.level][prefix.sub("", _fold(name), count=1)] = department
                    names[department.level][_fold(name)] = department
        return names


def prefix_pattern(level: DepartmentLevel, region: Region) -> re.Pattern[str]:
    """What may stand before the name of an office of that level in a region, with the names of what contains it."""
    above = ""
    for part_level, part in region.parts:
        names = "|".join(map(re.escape, names_of_part(part)))
        if part_level == level and level in _LETTER:
            return re.compile(f"^{above}(?:{names}|{_LETTER[level]})")
        above += f"(?:{names})?"
    return re.compile(f"^{_LETTER[level]}" if level in _LETTER else "(?!)")


def without_tail(printed: str) -> str:
    """A printed name, folded, without what leaves the list open: 等相关部门."""
    return _OPEN_ENDED.sub("", _fold(printed))


def _fold(name: str) -> str:
    # Blanks between Chinese characters carry nothing; between Latin words they separate words.
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", unicodedata.normalize("NFKC", name))
