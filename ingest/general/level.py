"""Which of the numbered elements are the measures: at what level, and which of that level are background."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ingest.general.marker import SUBORDINATE, Style
from ingest.general.notation import notation
from ingest.general.paragraphs import Paragraph
from ingest.general.responsibility import Expression
from ingest.general.tree import Node

_NEARLY_ALL = 0.9

Expressions = Mapping[Paragraph, Sequence[Expression]]
"""The expressions of responsibility in each paragraph that has any."""


def measure_nodes(root: Node, found: Expressions) -> list[Node]:
    """The elements that are measures, in order; none if the document has no numbered element."""
    nodes = [node for node in root.descendants if node.marker]
    style = _style_of_measures(nodes, found)
    if style is None:
        return []
    candidates = [node for node in nodes if node.style == style and all(each.style != style for each in node.ancestors)]
    responsible = {node for node in candidates if _has_responsibility(node, found)}
    if not responsible:
        return _headed_alike([node for node in candidates if not _is_background(node)])
    containers = {_container(node) for node in responsible}
    # An outermost element is a measure like the others, though it names no departments itself, unless it is background.
    places = [at for at, node in enumerate(candidates) if node in responsible]
    outermost = {
        node
        for at, node in enumerate(candidates)
        if _container(node) is node and (not _is_background(node) or places[0] < at < places[-1])
    }
    return [node for node in candidates if _container(node) in containers | outermost]


def _headed_alike(nodes: Sequence[Node]) -> list[Node]:
    """Where no departments tell measures from other elements, a run of elements that are headed alike does.

    Those before and after it are general and supplementary provisions.
    """
    forms = [_form_of_heading(node) for node in nodes]
    for form in _HEADINGS:
        places = [at for at, each in enumerate(forms) if each == form]
        if len(places) >= _FEWEST and len(places) == places[-1] - places[0] + 1:
            return list(nodes[places[0] : places[-1] + 1])
    return list(nodes)


def _form_of_heading(node: Node) -> str:
    """Whether an element is headed by a 【title】, a line of its own, as an article by a short sentence, or not."""
    heading = node.marker.rest if node.marker else ""
    if heading.startswith("【"):
        return "bracket"
    if "。" not in heading and len(node.all_paragraphs) > 1:
        return "line"
    first, _, more = heading.partition("。")
    # Only articles begin and end with provisions that have no heading: 第一条 为…,制定本办法。
    return "sentence" if node.style == "article" and more and len(first) <= _LONGEST_HEADING else "none"


_HEADINGS = ("bracket", "line", "sentence")
_FEWEST = 3


def _style_of_measures(nodes: Sequence[Node], found: Expressions) -> Style | None:
    """The deepest style whose elements hold nearly all responsibilities; of policies without any, the fullest one."""
    weights = {node: sum(len(found.get(each, ())) for each in node.paragraphs) for node in nodes}
    if not any(weights.values()):
        weights = {node: _text_length(node) for node in nodes if not _is_background(node)}
    held: Counter[Style] = Counter()
    depths: defaultdict[Style, list[int]] = defaultdict(list)
    for node, weight in weights.items():
        above = (node, *node.ancestors)
        for style in {each.style for each in above if each.style}:
            held[style] += weight
        if node.style:
            depths[node.style].append(len(above))
    total = sum(weights.values())
    full = [style for style in held if total and held[style] >= _NEARLY_ALL * total]
    if "article" in full:
        return "article"
    main = [style for style in full if style not in SUBORDINATE or _is_of_measures(style, nodes, found)] or full
    return max(main, key=lambda style: sum(depths[style]) / len(depths[style]), default=None)


def _is_of_measures(style: Style, nodes: Sequence[Node], found: Expressions) -> bool:
    """Whether elements that mostly number what is inside a measure are measures here: each names its departments."""
    own = [node for node in nodes if node.style == style]
    return sum(_has_responsibility(node, found) for node in own) >= _NEARLY_ALL * len(own)


def _text_length(node: Node) -> int:
    """How much an element says itself; the heading above other elements says nothing."""
    return sum(len(each.text) for each in node.paragraphs[1 if node.children else 0 :])


def _has_responsibility(node: Node, found: Expressions) -> bool:
    return any(each in found for each in node.all_paragraphs)


def _container(node: Node) -> Node:
    """The outermost element above, or the element itself."""
    return next(reversed(list(node.ancestors)), node)


def _is_background(node: Node) -> bool:
    """Whether an element stands below a heading of background, or is such a heading itself, an outermost one."""
    above = list(node.ancestors)
    return any(map(_names_background, above or [node]))


def _names_background(node: Node) -> bool:
    heading = node.marker.rest if node.marker else node.paragraphs[0].text
    title = heading.partition("。")[0].strip("：: \u3000【】")
    return len(title) <= _LONGEST_HEADING and any(word in title for word in notation().background)


_LONGEST_HEADING = 14
"""Headings of background are short; a measure may speak of 组织实施 in a longer one."""
