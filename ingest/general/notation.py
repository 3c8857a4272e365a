"""The words of notices' notations, from the data file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Role = Literal["lead", "cooperating", "responsible"]
TableColumn = Literal["number", "title", "text", "other"]
Field = Literal["title", "issuer", "document_number", "issued_on", "other"]

_FILE = Path(__file__).parents[1] / "data" / "notation.toml"


@dataclass(frozen=True, slots=True)
class Notation:
    """What marks roles, departments, background, page furniture and titles."""

    label_roles: tuple[tuple[Role, tuple[str, ...]], ...]
    verbs: tuple[tuple[Role, re.Pattern[str]], ...]
    department_endings: tuple[str, ...]
    generic_beginnings: tuple[str, ...]
    tail: re.Pattern[str]
    background: tuple[str, ...]
    closing: frozenset[str]
    navigation: re.Pattern[str]
    title_endings: tuple[str, ...]
    table: Mapping[TableColumn, frozenset[str]]
    fields: Mapping[Field, frozenset[str]]


@lru_cache(maxsize=1)
def notation() -> Notation:
    """The words in force."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Notation(
        label_roles=tuple((entry["role"], tuple(entry["words"])) for entry in data["label"]),
        verbs=tuple((entry["role"], re.compile(f"(?:{entry['pattern']})$")) for entry in data["suffix"]),
        department_endings=tuple(data["department"]["endings"]),
        generic_beginnings=tuple(data["department"]["generic"]),
        tail=re.compile(data["department"]["tail"]),
        background=tuple(data["background"]["headings"]),
        closing=frozenset(data["background"]["closing"]),
        navigation=re.compile(data["page"]["navigation"]),
        title_endings=tuple(data["title"]["endings"]),
        table={kind: frozenset(data["table"][kind]) for kind in get_args(TableColumn)},
        fields={kind: frozenset(data["field"][kind]) for kind in get_args(Field)},
    )
