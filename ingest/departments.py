"""The register of departments: canonical names, everyday and former names, English names, level."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from ingest.errors import CorpusError, UnknownDepartment

DepartmentLevel = Literal["district", "municipal"]

_FIELDS = {"name", "printed", "full_name", "level", "collective", "aliases", "english"}
_OPEN_ENDED = re.compile(r"等(?:相关|有关)?(?:部门|单位)?$")
_PREFIX: dict[DepartmentLevel, re.Pattern[str]] = {
    "district": re.compile(r"^(?:上海市|上海)?(?:虹口区|虹口|区)"),
    "municipal": re.compile(r"^(?:上海市|上海|市)"),
}


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
    """All known departments, found by any of their names."""

    departments: tuple[Department, ...]

    def find(self, name: str) -> Department | None:
        """The department that ``name`` means: printed, full, everyday or former name, with or without 区/虹口/市.

        A name that fits both levels means the district's unless it says 市 or 上海.
        """
        wanted = _OPEN_ENDED.sub("", _fold(name))
        if found := self._by_exact_name.get(wanted):
            return found
        levels: tuple[DepartmentLevel, ...] = ("district", "municipal")
        for level in levels:
            bare = _PREFIX[level].sub("", wanted, count=1)
            if bare != wanted and (found := self._by_bare_name[level].get(bare)):
                return found
        for level in levels:
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
        bare = self._by_bare_name
        names = {*self._by_exact_name, *bare["district"], *bare["municipal"]}
        names |= {f"区{name}" for name in bare["district"]} | {f"市{name}" for name in bare["municipal"]}
        return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1))

    def canonical(self, printed: Iterable[str]) -> tuple[str, ...]:
        """Canonical names of printed ones, in order; a name the register lacks stays as printed."""
        return tuple(found.name if (found := self.find(name)) else name for name in printed)

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
        names: dict[DepartmentLevel, dict[str, Department]] = {"district": {}, "municipal": {}}
        for department in self.departments:
            prefix = _PREFIX[department.level]
            for name in (*department.aliases, department.full_name, department.name):
                if name:
                    names[department.level][prefix.sub("", _fold(name), count=1)] = department
                    names[department.level][_fold(name)] = department
        return names


def load_departments(path: Path) -> DepartmentRegister:
    """Read departments.toml. Raises CorpusError for a missing file, an unknown field or a name given twice."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("department", [])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"部门名录 {path} 读不了:{error}。", "请检查文件。") from error
    departments = tuple(_department(entry, path) for entry in entries)
    seen: set[tuple[str, str]] = set()
    for department in departments:
        for name in {department.name, *department.printed, *department.aliases}:
            if (department.level, name) in seen:
                raise CorpusError(f"部门名录中“{name}”重复。", f"请在 {path.name} 中只保留一处。")
            seen.add((department.level, name))
    return DepartmentRegister(departments)


def _department(entry: dict[str, object], path: Path) -> Department:
    if unknown := entry.keys() - _FIELDS:
        raise CorpusError(f"部门名录 {path.name} 中有不认识的字段:{'、'.join(sorted(unknown))}。")
    try:
        level = entry["level"]
        if level not in ("district", "municipal"):
            raise CorpusError(f"部门“{entry['name']}”的 level 应为 district 或 municipal。")
        return Department(
            name=str(entry["name"]),
            level="district" if level == "district" else "municipal",
            printed=_strings(entry.get("printed", [])),
            full_name=str(entry["full_name"]),
            aliases=_strings(entry["aliases"]),
            english=str(entry["english"]),
            collective=bool(entry.get("collective", False)),
        )
    except KeyError as error:
        raise CorpusError(f"部门名录 {path.name} 中有一条缺少字段 {error}。") from error


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _fold(name: str) -> str:
    # Blanks between Chinese characters carry nothing; between Latin words they separate words.
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", unicodedata.normalize("NFKC", name))
