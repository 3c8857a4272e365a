"""What a question takes for granted and the catalogue says otherwise: a department that does not lead, a number."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from ingest.departments import DepartmentRegister
from ingest.notice import Source

_CUES_FILE = Path(__file__).parent / "data" / "premise.toml"
_PLACEHOLDER = "〔部门〕"
_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?(?:套|张|项|家|平方米|%|个|分钟|大项|小项)|万)")


@dataclass(frozen=True, slots=True)
class FalsePremise:
    """What was ``said``, and what the source prints instead: other leads, or the sentence with another number."""

    kind: Literal["not_lead", "only_cooperates", "other_number"]
    said: str
    printed: str = ""


def false_premises(text: str, source: Source, departments: DepartmentRegister) -> Iterator[FalsePremise]:
    """Everything that ``text`` claims about a source and its catalogue entry contradicts."""
    if source.kind == "notice":
        return
    leads = departments.canonical(source.lead or source.responsible)
    joins = departments.canonical(source.cooperating)
    for name in _claimed_leads(text, departments):
        if name not in leads:
            yield FalsePremise("only_cooperates" if name in joins else "not_lead", name)
    if not _cues()["confirm"].search(text.lower()):
        return
    printed = [(match["number"], match["unit"]) for match in _AMOUNT.finditer(source.text)]
    for match in _AMOUNT.finditer(text):
        same_unit = [number for number, unit in printed if unit == match["unit"]]
        if same_unit and match["number"] not in same_unit:
            sentence = next(each for each in source.sentences if f"{same_unit[0]}{match['unit']}" in each)
            yield FalsePremise("other_number", match[0], sentence)


def _claimed_leads(text: str, departments: DepartmentRegister) -> tuple[str, ...]:
    """The departments that a question takes for the leading ones."""
    named = [found for found in departments.mentioned_in(text) if not found.collective]
    form = departments.replaced_in(text.lower(), _PLACEHOLDER)
    places = [match.start() for match in re.finditer(_PLACEHOLDER, form)]
    claimed = {match.start() + match[0].index(_PLACEHOLDER) for match in _cues()["leads"].finditer(form)}
    if len(places) != len(named):
        return ()
    return tuple(dict.fromkeys(found.name for place, found in zip(places, named, strict=True) if place in claimed))


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data.items()}
