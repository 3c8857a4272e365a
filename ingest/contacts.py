"""Contacts of departments, filled in by the operator: what people ask for and no notice prints."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.departments import DepartmentRegister
from ingest.errors import CorpusError

_FIELDS = frozenset({"phone", "address", "hours"})


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a department; what the operator does not know stays empty."""

    phone: str = ""
    address: str = ""
    hours: str = ""


def load_contacts(path: Path, departments: DepartmentRegister) -> Mapping[str, Contact]:
    """Contacts by the canonical name of the department; none without the file.

    The file has a table for each department, under any of its names. Raises CorpusError for a file that cannot be read,
    a department that the register lacks, or an unknown field.
    """
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.parent.name}/{path.name} 读不了:{error}。", "请检查文件。") from error
    contacts = {}
    for name, fields in tables.items():
        department = departments.find(name)
        if department is None:
            raise CorpusError(f"{path.name} 中的“{name}”不在部门名录里。", "请改用 departments.toml 中的名称。")
        if not isinstance(fields, dict) or fields.keys() - _FIELDS:
            raise CorpusError(f"{path.name} 中“{name}”有不认识的字段。", f"可用的字段:{'、'.join(sorted(_FIELDS))}。")
        contacts[department.name] = Contact(**{field: str(value) for field, value in fields.items()})
    return contacts
