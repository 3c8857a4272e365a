"""Reading a notice of any notation: its own facts, its outline, its measures; what is doubtful is said."""

from collections.abc import Callable, Iterable, Sequence

from ingest.document import Document
from ingest.errors import NoticeError
from ingest.general.annex import merged
from ingest.general.flow import ends_with_departments
from ingest.general.front import Front, read_front
from ingest.general.lead_rule import stated_mark, stated_rule
from ingest.general.level import Expressions, measure_nodes
from ingest.general.measure import Measure, Reading, read_measure
from ingest.general.paragraphs import Paragraph, front_matter, paragraphs_of
from ingest.general.responsibility import Expression, bare_lists, expressions
from ingest.general.table import table_rows
from ingest.general.tree import Node, build_tree
from ingest.notice import LeadRule, Notice, Part, Source
from ingest.parsed import CERTAIN, Oddity, Parsed

RENUMBERED, WITH_GAPS = 0.9, 0.7
"""Trust in an outline whose numbers begin again or are not printed, and in one with numbers missing."""

MOST_PARAGRAPHS = 20_000
"""No notice is longer; reading takes a tenth of a millisecond a paragraph."""


def read_any(document: Document) -> Parsed:
    """Read a notice whose notation is not known. Raises NoticeError where no measure can be found."""
    rows = list(table_rows(document))
    in_tables = {number for table in document.tables for number in range(table.first_line, table.last_line + 1)}
    every = paragraphs_of(document)
    if len(every) > MOST_PARAGRAPHS:
        raise NoticeError(1, f"全文有{len(every)}段,超过{MOST_PARAGRAPHS}段。", "请确认文件是一份通知。")
    paragraphs = [each for each in every if not rows or each.line not in in_tables]
    front = read_front(paragraphs, front_matter(document))
    body = [each for each in paragraphs if each not in front.taken]
    found = _expressions(body)
    root, gaps = build_tree(body, {each for each, several in found.items() if several[0].start == 0})
    nodes = measure_nodes(root, found)
    reading = _reading(paragraphs, found, nodes)
    numbers, renumbering = _numbers(nodes)
    read = [read_measure(node, number, reading) for node, number in zip(nodes, numbers, strict=True)]
    measures = merged(read, rows)
    if not measures:
        raise NoticeError(1, "没有读到任何编号举措。", "请确认文件是通知全文,举措有编号。")
    within = [gap for gap in gaps if nodes and nodes[0].paragraphs[0].line <= gap.line]
    oddities = [
        *front.oddities,
        *within,
        *renumbering,
        *(oddity for measure in measures for oddity in measure.oddities),
    ]
    return Parsed(
        _notice(front, nodes, measures, paragraphs, reading.rule),
        front.region,
        front.year,
        tuple(sorted(oddities, key=lambda oddity: oddity.line)),
        {
            **front.confidence,
            "outline": WITH_GAPS if within else RENUMBERED if renumbering else CERTAIN,
            **{measure.source.key: measure.trust for measure in measures},
        },
    )


def _expressions(paragraphs: Sequence[Paragraph]) -> Expressions:
    """Where departments are named; bare lists in brackets count where a notice has no other notation."""
    return _found(expressions, paragraphs) or _found(bare_lists, paragraphs)


def _found(find: Callable[[str], Iterable[Expression]], paragraphs: Sequence[Paragraph]) -> Expressions:
    found = {paragraph: tuple(find(paragraph.text)) for paragraph in paragraphs}
    return {paragraph: each for paragraph, each in found.items() if each}


def _reading(paragraphs: Sequence[Paragraph], found: Expressions, nodes: Sequence[Node]) -> Reading:
    """How departments are given in this notice; a mark before names is a rule only if there is one kind of it."""
    stated = next((rule for each in paragraphs if (rule := stated_rule(each.text))), None)
    marks = {each.named.mark for several in found.values() for each in several} - {""}
    rule = stated or (LeadRule("mark", marks.pop()) if len(marks) == 1 else None)
    mark = stated_mark(stated) if stated else rule.quote if rule else ""
    # The last one may be followed by what belongs to the whole notice, so the others tell.
    ending = [ends for node in nodes if (ends := ends_with_departments(node, found)) is not None]
    others = ending[:-1] or ending
    return Reading(found, rule, mark, ends=2 * sum(others) > len(others))


def _numbers(nodes: Sequence[Node]) -> tuple[list[int], list[Oddity]]:
    """The numbers as printed, or running positions where they are not unique."""
    printed = [node.marker.number for node in nodes if node.marker and node.marker.number is not None]
    if len(printed) == len(nodes) == len(set(printed)):
        return printed, []
    line = nodes[0].paragraphs[0].line
    return list(range(1, len(nodes) + 1)), [Oddity(line, "编号在各部分重新开始或没有编号,已按出现的先后统一编号。")]


def _notice(
    front: Front,
    nodes: Sequence[Node],
    measures: Sequence[Measure],
    paragraphs: Sequence[Paragraph],
    rule: LeadRule | None,
) -> Notice:
    sources = [measure.source for measure in measures]
    rest = _rest(front, nodes, sources, paragraphs)
    own = Source(
        kind="notice",
        number=None,
        title=front.title,
        text="".join(each.text for each in rest),
        outline=(),
        start=rest[0].start if rest else 0,
        end=rest[-1].end if rest else 0,
    )
    return Notice(
        front.title,
        front.title,
        front.issuer,
        front.issued_on,
        front.document_number,
        parts=_parts(sources),
        sources=(own, *sources),
        addressees=front.addressees,
        lead_rule=rule,
    )


def _rest(
    front: Front, nodes: Sequence[Node], sources: Sequence[Source], paragraphs: Sequence[Paragraph]
) -> list[Paragraph]:
    """What belongs to no measure: preamble, aims, safeguards, supplementary rules. The notice itself answers for it."""
    taken = {each for node in nodes for above in node.ancestors for each in above.paragraphs[:1]} | front.taken
    spans = sorted((source.start, source.end) for source in sources)
    rest = []
    at = 0
    for paragraph in paragraphs:
        while at < len(spans) and spans[at][1] <= paragraph.start:
            at += 1
        is_inside = at < len(spans) and spans[at][0] <= paragraph.start
        if not is_inside and paragraph not in taken:
            rest.append(paragraph)
    return rest


def _parts(sources: Sequence[Source]) -> tuple[Part, ...]:
    """The two outermost headings above the measures."""
    sections: dict[str, dict[str, None]] = {}
    for source in sources:
        if source.outline:
            sections.setdefault(source.outline[0], {}).update(dict.fromkeys(source.outline[1:2]))
    return tuple(Part(label, tuple(below)) for label, below in sections.items())
