"""Reading a notice of any notation: its own facts, its outline, its measures; what is doubtful is said."""

from collections.abc import Sequence

from ingest.document import Document
from ingest.errors import NoticeError
from ingest.general.front import Front, read_front
from ingest.general.lead_rule import stated_mark, stated_rule
from ingest.general.level import Expressions, measure_nodes
from ingest.general.measure import Measure, Reading, ends_with_departments, heading_of, read_measure
from ingest.general.paragraphs import Paragraph, front_matter, paragraphs_of
from ingest.general.responsibility import expressions
from ingest.general.tree import Node, build_tree
from ingest.notice import LeadRule, Notice, Part, Source
from ingest.parsed import DOUBTFUL, Oddity, Parsed

_RENUMBERED = 0.9
_GAPS = 0.7


def read_any(document: Document) -> Parsed:
    """Read a notice whose notation is not known. Raises NoticeError where no measure can be found."""
    paragraphs = paragraphs_of(document)
    root, gaps = build_tree(paragraphs)
    found = _expressions(paragraphs)
    nodes = measure_nodes(root, found)
    if not nodes:
        raise NoticeError(1, "没有读到任何编号举措。", "请确认文件是通知全文,举措有编号。")
    front = read_front(root.paragraphs, paragraphs, front_matter(document))
    rule = _lead_rule(paragraphs, found)
    reading = Reading(
        found,
        rule,
        stated_mark(rule) if rule and rule.kind == "note" else rule.quote if rule else "",
        _end(nodes, found),
    )
    numbers, renumbering = _numbers(nodes)
    measures = [read_measure(node, number, reading) for node, number in zip(nodes, numbers, strict=True)]
    within = [gap for gap in gaps if nodes[0].paragraphs[0].line <= gap.line]
    return Parsed(
        _notice(front, nodes, measures, rule),
        front.region,
        front.year,
        oddities=tuple(
            sorted(
                [*front.oddities, *within, *renumbering, *(each for m in measures for each in m.oddities)],
                key=lambda each: each.line,
            )
        ),
        confidence={
            **front.confidence,
            "outline": _GAPS if within else _RENUMBERED if renumbering else 1.0,
            **{measure.source.key: measure.trust for measure in measures},
        },
    )


def _expressions(paragraphs: Sequence[Paragraph]) -> Expressions:
    found = {paragraph: tuple(expressions(paragraph.text)) for paragraph in paragraphs}
    return {paragraph: each for paragraph, each in found.items() if each}


def _lead_rule(paragraphs: Sequence[Paragraph], found: Expressions) -> LeadRule | None:
    stated = next((rule for each in paragraphs if (rule := stated_rule(each.text))), None)
    marks = {each.named.mark for several in found.values() for each in several} - {""}
    return stated or (LeadRule("mark", marks.pop()) if len(marks) == 1 else None)


def _end(nodes: Sequence[Node], found: Expressions) -> bool:
    ending = sum(ends_with_departments(node, found) for node in nodes)
    return 2 * ending > len(nodes)


def _numbers(nodes: Sequence[Node]) -> tuple[list[int], list[Oddity]]:
    """The numbers as printed, or running positions where they are not unique."""
    printed = [node.marker.number if node.marker else None for node in nodes]
    if None not in printed and len(set(printed)) == len(printed):
        return [number for number in printed if number is not None], []
    line = nodes[0].paragraphs[0].line
    return list(range(1, len(nodes) + 1)), [Oddity(line, "编号在各部分重新开始或没有编号,已按出现的先后统一编号。")]


def _notice(front: Front, nodes: Sequence[Node], measures: Sequence[Measure], rule: LeadRule | None) -> Notice:
    own = Source(
        kind="notice",
        number=None,
        title=front.title,
        text="".join(each.text for each in front.preamble),
        outline=(),
        start=front.preamble[0].start if front.preamble else 0,
        end=front.preamble[-1].end if front.preamble else 0,
    )
    return Notice(
        front.title,
        front.heading,
        front.issuer,
        front.issued_on,
        front.document_number,
        parts=_parts(nodes),
        sources=(own, *(measure.source for measure in measures)),
        addressees=front.addressees,
        lead_rule=rule,
    )


def _parts(nodes: Sequence[Node]) -> tuple[Part, ...]:
    """The two outermost headings above the measures."""
    sections: dict[str, dict[str, None]] = {}
    for node in nodes:
        above = [heading_of(each) for each in reversed(list(node.ancestors))]
        if above:
            sections.setdefault(above[0], {}).update(dict.fromkeys(above[1:2]))
    return tuple(Part(label, tuple(below)) for label, below in sections.items())
