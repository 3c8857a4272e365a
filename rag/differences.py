"""Which of the differences between body and annex a question is about: one column, one department, or all."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from ingest.departments import DepartmentRegister
from ingest.notice import Discrepancy, Notice, Source
from rag.english import departments_in_english

_CUES_FILE = Path(__file__).parent / "data" / "differences.toml"

Differences = tuple[tuple[Source, Discrepancy], ...]
"""Differences with the sources they concern, in printed order."""


def asked_differences(text: str, notice: Notice, departments: DepartmentRegister) -> Differences:
    """The differences in the columns, and about the departments, that ``text`` names; all if it names none."""
    folded = text.lower()
    fields = {field for field, patterns in _cues().items() if patterns.search(folded)}
    named = departments.named_in(text) or {found.name for found in departments_in_english(folded, departments)}
    found = tuple(
        (source, difference)
        for source, difference in notice.discrepancies()
        if (not fields or difference.field in fields) and (not named or named & _changed(difference, departments))
    )
    return found or tuple(notice.discrepancies())


def _changed(difference: Discrepancy, departments: DepartmentRegister) -> set[str]:
    """The departments that only one of the two versions names."""
    return set(departments.named_in(difference.body) ^ departments.named_in(difference.annex))


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {field: re.compile("|".join(patterns)) for field, patterns in data.items()}
