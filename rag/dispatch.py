"""Who should take a ticket: who leads what it asks for, by the notice's own rule where it was reported before."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.corpus import Corpus, CorpusNotice
from ingest.departments import DepartmentRegister
from rag.assistance import AnsweredDemand, Dispatch
from rag.phrases import phrases_for

_DATA_FILE = Path(__file__).parent / "data" / "dispatch.toml"


def dispatch(text: str, demands: Sequence[AnsweredDemand], entry: CorpusNotice, corpus: Corpus) -> Dispatch:
    """The dispatch of a ticket with that text and those demands. ``entry`` is the notice whose rule applies.

    Offices of another place than that notice's are not for the hotline to send a ticket to.
    """
    departments = corpus.register_of(entry)
    answered = [demand for demand in demands if not demand.is_outside and not _is_elsewhere(demand, entry)]
    leads = _once(name for demand in answered for name in demand.lead)
    is_repeated = _says("repeated", text) and _says("street", text)
    lines = tuple(name for name in leads if not _is_street(name, departments))
    if is_repeated and lines:
        leads = lines
    cooperating = tuple(
        name for name in _once(name for demand in answered for name in demand.cooperating) if name not in leads
    )
    concerns = tuple(_concerns(text, demands, entry))
    return Dispatch(
        lead=leads,
        cooperating=cooperating,
        reason="".join(
            (
                *_grounds(leads, answered, entry, is_repeated and bool(lines)),
                *(_phrases().say[each] for each in concerns),
            )
        ),
        needs_human=any(each != "part_outside" for each in concerns),
        is_threat="threat" in concerns,
    )


def _is_elsewhere(demand: AnsweredDemand, entry: CorpusNotice) -> bool:
    """Whether a demand is answered from the notice of a place that the ticket's notice is not in force in."""
    return any(not citation.notice.place.contains(entry.place) for citation in demand.answer.citations[:1])


def _grounds(
    leads: tuple[str, ...], answered: Sequence[AnsweredDemand], entry: CorpusNotice, is_repeated: bool
) -> Iterator[str]:
    say, chinese = _phrases().say, phrases_for("zh")
    if leads:
        template = "lead" if all(demand.is_led for demand in answered if demand.lead) else "responsible"
        yield say[template].format(departments=chinese.join(leads))
    rule = next((each for each in entry.notice.sources if _phrases().rule_title in each.title), None)
    if is_repeated and rule:
        yield say["rule"].format(label=chinese.label(rule.kind, rule.number), title=rule.title)


def _concerns(text: str, demands: Sequence[AnsweredDemand], entry: CorpusNotice) -> Iterator[str]:
    """Names of what a person has to look at, the most urgent first."""
    if _says("threat", text):
        yield "threat"
    if _says("conflict", text):
        yield "conflict"
    outside = [demand.is_outside for demand in demands]
    if all(outside):
        yield "outside"
    elif any(outside):
        yield "part_outside"
    if any(_is_elsewhere(demand, entry) for demand in demands):
        yield "elsewhere"
    sure = _phrases().confident
    if any(
        demand.answer.status == "clarify" or demand.answer.confidence < sure
        for demand in demands
        if not demand.is_outside
    ):
        yield "unsure"


def _is_street(name: str, departments: DepartmentRegister) -> bool:
    """Whether a name stands for the sub-districts."""
    found = departments.find(name)
    return found is not None and found.collective and _says("street", name)


def _once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _says(cue: str, text: str) -> bool:
    return _phrases().cues[cue].search(text) is not None


@dataclass(frozen=True, slots=True)
class _Phrases:
    confident: float
    rule_title: str
    cues: dict[str, re.Pattern[str]]
    say: dict[str, str]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data = tomllib.loads(_DATA_FILE.read_text(encoding="utf-8"))
    cues = {name: re.compile("|".join(patterns)) for name, patterns in data["cues"].items()}
    return _Phrases(data["confident"], data["rule_title"], cues, data["say"])
