"""A numbered element as a source of the catalogue: title, text, departments, the headings above, and what is odd."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.general.department import is_department
from ingest.general.lead_rule import is_of_comma
from ingest.general.level import Expressions
from ingest.general.responsibility import Named
from ingest.general.tree import Node
from ingest.notice import Group, LeadRule, Source
from ingest.parsed import CERTAIN, Oddity

_ROUND = r"[（(](?P<named>(?:[^()（）:：。]|[(（][^()（）]*[)）]){2,30})[)）]"
_BRACKETED_TITLE = re.compile(rf"(?:【(?P<title>[^】]+)】|{_ROUND})[。:：]?[ \t\u3000]*(?P<text>.*)", re.DOTALL)
_INNER = re.compile(r"(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|(?<!\d)\d{1,2}[)）]|[①-⑳])[^。]*")
_QUOTES = {"“": "”", "《": "》", "(": ")）", "（": ")）"}
_EDGE = "。.：:；;，, \t\u3000"
_LONGEST_TITLE = 40
"""A longer first sentence is no heading: it is part of the text as well."""

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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Departments with no text between them: who, where in the running text [start, end), in which element."""

    named: Named
    start: int
    end: int
    node: Node


class _Flow:
    """The running text of one element with everything below it, and the stretches of departments in it."""

    def __init__(self, node: Node, found: Expressions) -> None:
        self.node = node
        self.paragraphs = node.all_paragraphs
        self.text = "".join(each.text for each in self.paragraphs)
        self.stretches = list(self._stretches(found))

    def _stretches(self, found: Expressions) -> Iterator[_Stretch]:
        owner = {each: node for node in (self.node, *self.node.descendants) for each in node.paragraphs}
        current: _Stretch | None = None
        begin = 0
        for paragraph in self.paragraphs:
            for expression in found.get(paragraph, ()):
                start, end = begin + expression.start, begin + expression.end
                if current and not self.text[current.end : start].strip(_EDGE):
                    current = _Stretch(current.named.joined(expression.named), current.start, end, current.node)
                    continue
                if current:
                    yield current
                current = _Stretch(expression.named, start, end, owner[paragraph])
            begin += len(paragraph.text)
        if current:
            yield current

    def cut_after_departments(self) -> None:
        """Leave out the paragraphs after the one in which the last department stands."""
        if self.stretches:
            begin = 0
            for at, paragraph in enumerate(self.paragraphs):
                if begin >= self.stretches[-1].end:
                    self.paragraphs = self.paragraphs[:at]
                    break
                begin += len(paragraph.text)
            self.text = "".join(each.text for each in self.paragraphs)

    def without_ending(self) -> tuple[str, int]:
        """The text without the departments at its end, if they are the only ones; and how long it is then."""
        if len(self.stretches) == 1 and not self.text[self.stretches[0].end :].strip(_EDGE):
            return self.text[: self.stretches[0].start].rstrip(), self.stretches[0].start
        return self.text, len(self.text)


def ends_with_departments(node: Node, found: Expressions) -> bool | None:
    """Whether nothing follows the last department of an element; None if it names none."""
    flow = _Flow(node, found)
    return not flow.text[flow.stretches[-1].end :].strip(_EDGE) if flow.stretches else None


def read_measure(node: Node, number: int, reading: Reading) -> Measure:
    """The measure that an element is, under the number that it has in the catalogue."""
    flow = _Flow(node, reading.found)
    if reading.ends:
        flow.cut_after_departments()
    named = Named()
    for stretch in flow.stretches:
        named = named.joined(stretch.named)
    title, text = _title_and_text(node, flow)
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


def heading_of(node: Node) -> str:
    """The heading of an element as printed: its number with its title; the line itself where it has no number."""
    first = node.paragraphs[0]
    if node.marker is None:
        return first.text
    title, _ = _parted(node.marker.rest, is_alone=True)
    return f"{node.marker.label}{title}"


def _title_and_text(node: Node, flow: _Flow) -> tuple[str, str]:
    text, length = flow.without_ending()
    first = flow.paragraphs[0].text[:length].rstrip()
    marker = node.marker
    begin = (
        first.index(marker.rest[:1], len(marker.label)) if marker and marker.rest and marker.rest[:1] in first else 0
    )
    heading, rest = first[begin:].replace("**", ""), text[len(first) :].strip()
    title, more = _parted(heading, is_alone=not rest)
    if rest and more == heading and len(title) <= _LONGEST_TITLE:
        more = ""
    return title, f"{more}{rest}".strip() or heading


def _parted(heading: str, *, is_alone: bool) -> tuple[str, str]:
    """The title that a line begins with, and the text that goes on after it on the same line."""
    if (match := _BRACKETED_TITLE.fullmatch(heading)) and (match["title"] or match["text"] or not is_alone):
        return (match["title"] or match["named"]).strip(), match["text"].strip()
    if stop := _first_stop(heading):
        title, text = heading[:stop].strip(), heading[stop + 1 :].strip()
        return title, text if text and len(title) <= _LONGEST_TITLE else heading
    if is_alone and len(heading) > _LONGEST_TITLE:
        return heading.strip(_EDGE), heading
    return heading.strip(_EDGE), ""


def _first_stop(text: str) -> int:
    """Where the first sentence ends: at the first 。 in no brackets or quotation marks; 0 if nowhere."""
    open_with: list[str] = []
    for place, char in enumerate(text):
        if open_with and char in open_with[-1]:
            open_with.pop()
        elif char in _QUOTES:
            open_with.append(_QUOTES[char])
        elif char == "。" and not open_with:
            return place
    # What is never closed hides no sentence.
    return max(text.find("。"), 0) if open_with else 0


def _doubts(line: int, number: int, named: Named, reading: Reading) -> Iterator[tuple[float, str]]:
    if reading.found and not named.names:
        yield NO_DEPARTMENT, f"第{number}条没有读到责任部门,别的条有。"
    strange = [name for name in named.names if not is_department(name)]
    if strange:
        yield STRANGE_NAME, f"第{number}条的“{'、'.join(strange)}”不像部门名称。"
    if named.remark:
        yield REMARK, f"第{number}条的责任分工后面还有说明:“{named.remark}”。"


def _implied_lead(stretches: Sequence[_Stretch], reading: Reading) -> tuple[str, ...]:
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


def _groups(flow: _Flow) -> Iterator[Group]:
    """The departments part by part; a part is called as its number and heading say."""
    begin = len(flow.node.marker.label) if flow.node.marker else 0
    for stretch in flow.stretches:
        label = heading_of(stretch.node) if stretch.node is not flow.node else ""
        if not label and (inner := _INNER.search(flow.text, begin, stretch.start)):
            label = inner[0]
        begin = stretch.end
        yield Group(label, stretch.named.lead, stretch.named.cooperating, stretch.named.responsible)
