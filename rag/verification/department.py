"""Departments: each one that a claim names has, in its sources, the part that the claim gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.departments import Department, DepartmentRegister
from rag.verification.claim import Claim
from rag.verification.cues import cues

Part = Literal["lead", "cooperating", "mentioned"]

_END = re.compile(r"[,。;:!?]")
_JOINED = re.compile(r"(?:[、和与及]|以及|等|还有)*")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """Departments that a sentence names in a row, and the part that the words around them give them.

    ``start`` and ``end`` are offsets into the sentence without blanks; the words that tell the part are inside.
    """

    departments: tuple[Department, ...]
    part: Part
    start: int
    end: int

    @property
    def is_anyone(self) -> bool:
        """Whether this is everyday talk (各部门, 街道), and nothing said of whose task it is."""
        return self.part == "mentioned" and all(found.collective for found in self.departments)


def has_foreign_department(claim: Claim, register: DepartmentRegister) -> bool:
    """Whether the claim names an office that its sources lack, or gives one a part that they do not."""
    if _foreign_bodies(claim, register):
        return True
    by_part: dict[Part, list[set[str]]] = {
        "lead": [set(register.canonical(each.lead or each.responsible)) for each in claim.sources],
        "cooperating": [set(register.canonical(each.cooperating)) for each in claim.sources],
        "mentioned": [{found.name for found in register.mentioned_in(claim.evidence)}],
    }
    # One sentence on two sources does not tell whose task is which: what it says must hold for both.
    return not all(
        all({found.name for found in row.departments} <= allowed for allowed in by_part[row.part])
        for row in rows(claim.said, register)
        if not row.is_anyone
    )


def rows(said: str, register: DepartmentRegister) -> Iterator[Row]:
    """The departments of a sentence, row by row."""
    said = _BLANK.sub("", said)
    spans: list[list[tuple[int, int, Department]]] = []
    for span in register.spans_in(said):
        if spans and _JOINED.fullmatch(said[spans[-1][-1][1] : span[0]]):
            spans[-1].append(span)
        else:
            spans.append([span])
    for place, row in enumerate(spans):
        start, end = row[0][0], row[-1][1]
        before = _END.split(said[spans[place - 1][-1][1] if place else 0 : start])[-1]
        after = _END.split(said[end : spans[place + 1][0][0] if place + 1 < len(spans) else None])[0]
        part, words_before, words_after = _part(before, after)
        yield Row(tuple(found for _, _, found in row), part, start - words_before, end + words_after)


def without_departments(said: str, register: DepartmentRegister) -> str:
    """What a sentence says beside whose task something is."""
    said = _BLANK.sub("", said)
    for row in reversed(tuple(rows(said, register))):
        if not row.is_anyone:
            said = f"{said[: row.start]},{said[row.end :]}"
    return said


def _part(before: str, after: str) -> tuple[Part, int, int]:
    """The part, and how many characters before and after the departments tell it."""
    words = cues()
    telling: tuple[tuple[Part, re.Pattern[str], re.Pattern[str]], ...] = (
        ("cooperating", words.cooperating_before, words.cooperating_after),
        ("lead", words.lead_before, words.lead_after),
    )
    behind = [(match, part) for part, _, pattern in telling if (match := pattern.search(after))]
    follows, part_after = min(behind, key=lambda each: each[0].start(), default=(None, None))
    reach = follows.end() if follows and follows.start() <= _NEAR else 0
    for part, pattern, _ in telling:
        if match := pattern.search(before):
            return part, len(match[0]), reach
    return part_after or "mentioned", 0, reach


_NEAR = 4
"""Characters between a department and the word for its part, as in “等部门共同牵头”."""


def _foreign_bodies(claim: Claim, register: DepartmentRegister) -> bool:
    """Whether something that sounds like an office, and is none of the register's, is not in the sources."""
    said = register.replaced_in(claim.said, "|")
    return any(match[0] not in claim.evidence for match in cues().bodies.finditer(said))
