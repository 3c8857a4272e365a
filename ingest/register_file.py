"""departments.toml: the departments of a region as the operator states them."""

import tomllib
from pathlib import Path

from ingest.departments import Department, DepartmentRegister
from ingest.errors import CorpusError
from ingest.place import REGION_LEVELS, Region

_FIELDS = {"name", "printed", "full_name", "level", "collective", "aliases", "english"}


def load_departments(path: Path) -> DepartmentRegister:
    """Read departments.toml: a ``region`` and its departments, of whatever level.

    Raises CorpusError for a missing file, an unknown field or a name given twice.
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"部门名录 {path} 读不了:{error}。", "请检查文件。") from error
    departments = tuple(_department(entry, path) for entry in stated.get("department", []))
    seen: set[tuple[str, str]] = set()
    for department in departments:
        for name in {department.name, *department.printed, *department.aliases}:
            if (department.level, name) in seen:
                raise CorpusError(f"部门名录中“{name}”重复。", f"请在 {path.name} 中只保留一处。")
            seen.add((department.level, name))
    return DepartmentRegister(departments, Region(str(stated.get("region", ""))))


def _department(entry: dict[str, object], path: Path) -> Department:
    if unknown := entry.keys() - _FIELDS:
        raise CorpusError(f"部门名录 {path.name} 中有不认识的字段:{'、'.join(sorted(unknown))}。")
    try:
        level = next((each for each in REGION_LEVELS if each == entry["level"]), None)
        if level is None:
            raise CorpusError(f"部门“{entry['name']}”的 level 应为 {'、'.join(REGION_LEVELS)} 之一。")
        return Department(
            name=str(entry["name"]),
            level=level,
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
