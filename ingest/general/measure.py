"""A numbered element as a source of the catalogue: title, text, departments, the headings above, and what is odd."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.general.department import is_department
from ingest.general.flow import Flow, Stretch
from ingest.general.heading import heading_of, title_and_text
from ingest.general.lead_rule import is_of_comma
from ingest.general.level import Expressions
from ingest.general.responsibility import Named
from ingest.general.tree import Node
from ingest.notice import Group, LeadRule, Source
from ingest.parsed import CERTAIN, Oddity

_INNER = re.compile(r"(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|(?<!\d)\d{1,2}[)）]|[①-⑳])[^。]*")
NO_DEPARTMENT, STRANGE_NAME, REMARK = 0.6, 0.5, 0.75
"""Trust in a measure without department where others have one, with a name unlike an office's, with a remark."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the measures of one notice are read.

    ``found``: its expressions of responsibility; ``rule`` and ``mark``: how it tells the lead among them; ``ends``:
    whether they stand at the end of measures, so that what follows the last one is no more part of it.
    """

    found: Expressions
    rule: LeadRule | None
    mark: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A source with the trust that can be put in it, and what is odd about it."""

    source: Source
    trust: float
    oddities: tuple[Oddity, ...]


def read_measure(node: Node, number: int, reading: Reading) -> Measure:
    """The measure that an element is, under the number that it has in the catalogue."""
    flow = Flow(node, reading.found)
    if reading.ends:
        flow.cut_after_departments()
    named = Named()
    for stretch in flow.stretches:
        named = named.joined(stretch.named)
    title, text = title_and_text(node, flow)
    first, last = flow.paragraphs[0], flow.paragraphs[-1]
    doubts = list(_doubts(first.line, number, named, reading))
    source = Source(
        kind="measure",
        number=number,
        title=title,
        text=text,
        outline=tuple(heading_of(each) for each in reversed(list(node.ancestors))),
        start=first.start,
        end=last.end,
        lead=named.lead,
        cooperating=named.cooperating,
        responsible=named.responsible,
        implied_lead=_implied_lead(flow.stretches, reading),
        groups=tuple(_groups(flow)) if len(flow.stretches) > 1 else (),
        starred=True if node.marker and node.marker.starred else None,
    )
    return Measure(
        source, min([CERTAIN, *(trust for trust, _ in doubts)]), tuple(Oddity(first.line, each) for _, each in doubts)
    )


def _doubts(line: int, number: int, named: Named, reading: Reading) -> Iterator[tuple[float, str]]:
    if reading.found and not named.names:
        yield NO_DEPARTMENT, f"第{number}条没有读到责任部门,别的条有。"
    strange = [name for name in named.names if not is_department(name)]
    if strange:
        yield STRANGE_NAME, f"第{number}条的“{'、'.join(strange)}”不像部门名称。"
    if named.remark:
        yield REMARK, f"第{number}条的责任分工后面还有说明:“{named.remark}”。"


def _implied_lead(stretches: Sequence[Stretch], reading: Reading) -> tuple[str, ...]:
    """The names that a lead rule picks out of those without distinction; no rule, no lead."""
    if reading.rule is None:
        return ()
    if reading.mark:
        return tuple(
            name for stretch in stretches for name in stretch.named.marked if stretch.named.mark == reading.mark
        )
    first = [
        stretch.named.foremost if is_of_comma(reading.rule) else stretch.named.responsible[:1] for stretch in stretches
    ]
    return tuple(dict.fromkeys(name for names in first for name in names))


def _groups(flow: Flow) -> Iterator[Group]:
    """The departments part by part; a part is called as its number and heading say."""
    begin = len(flow.node.marker.label) if flow.node.marker else 0
    for stretch in flow.stretches:
        label = heading_of(stretch.node) if stretch.node is not flow.node else ""
        if not label and (inner := _INNER.search(flow.text, begin, stretch.start)):
            label = inner[0]
        begin = stretch.end
        yield Group(label, stretch.named.lead, stretch.named.cooperating, stretch.named.responsible)
