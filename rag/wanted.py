"""The departments that a list is asked for, each in the role that is said of it."""

from dataclasses import dataclass

from ingest.catalogue import Role
from ingest.corpus import Corpus
from ingest.departments import Department, DepartmentRegister
from rag.english import departments_in_english
from rag.listing_cues import says
from rag.scope import Scope

PLACEHOLDER = "〔部门〕"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A department in one role, or in any."""

    department: Department
    role: Role | None


def register_for(text: str, corpus: Corpus, scope: Scope) -> DepartmentRegister:
    """The register of the nearest of the scope's places that knows a department of the text."""
    registers = [corpus.registers.of(place) for place in scope.places]
    return next((each for each in registers if each.mentioned_in(text)), registers[0])


def wanted_departments(text: str, register: DepartmentRegister) -> tuple[Wanted, ...]:
    """The departments in the order they are named, each in the role that is said of it, or that is said of all."""
    named = register.mentioned_in(text)
    after = register.replaced_in(text, PLACEHOLDER).split(PLACEHOLDER)[1:]
    overall = _role(text)
    wanted = {
        found.name: Wanted(found, _role(told) or overall)
        for found, told in zip(named, after, strict=True)
        if not found.collective or says("collective", text)
    }
    for found in departments_in_english(text, register):
        wanted.setdefault(found.name, Wanted(found, overall))
    return tuple(wanted.values())


def _role(text: str) -> Role | None:
    lead, cooperating = says("lead", text), says("cooperating", text) and not says("without_cooperating", text)
    if lead == cooperating or says("any_role", text):
        return None
    return "lead" if lead else "cooperating"
