"""The outline of a document as a tree of numbered elements, whatever their styles and however they are nested."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.general.marker import Marker, Style
from ingest.general.notation import notation
from ingest.general.paragraphs import Paragraph
from ingest.parsed import Oddity

_AFTER = re.compile(
    r"附件[ \t\u3000]*(?:\d{1,2}|[一二三四五六七八九十])?[ \t\u3000]*(?:[:：].*)?|(?:备?注|说明)[:：].*"
)
_DEEPEST = 8
"""No notice nests its numbers deeper; a text of nothing but 1. would nest without end."""


@dataclass(slots=True, eq=False)
class Node:
    """A numbered element with the paragraphs that are its own and the elements below it.

    The first paragraph is the one with the number. The root has no marker; a closing heading such as 附则 has none
    either.
    """

    marker: Marker | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def style(self) -> Style | None:
        """The style of its number."""
        return self.marker.style if self.marker else None

    @property
    def ancestors(self) -> Iterator["Node"]:
        """The elements above it, nearest first, without the root."""
        node = self.parent
        while node and node.parent:
            yield node
            node = node.parent

    @property
    def all_paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs and those of everything below it, in order."""
        return sorted((*self.paragraphs, *(each for node in self.descendants for each in node.paragraphs)), key=_start)

    @property
    def descendants(self) -> Iterator["Node"]:
        """Everything below it, in order."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


def build_tree(paragraphs: Sequence[Paragraph], of_departments: Container[Paragraph]) -> tuple[Node, list[Oddity]]:
    """The root of the outline, its paragraphs being what stands before the first number; and gaps in the numbering.

    ``of_departments`` begin with departments in brackets, which may be those of titles elsewhere.
    """
    root = Node(None)
    path = [root]
    last: dict[Style, int] = {}
    oddities = []
    for paragraph in paragraphs:
        marker = paragraph.marker
        if marker is None or (marker.style == "title" and paragraph in of_departments):
            if root.children and _closes(paragraph.text):
                path = [root, _below(root, Node(None, [paragraph]))]
            else:
                path[-1].paragraphs.append(paragraph)
            continue
        depth = _place(path, marker)
        if depth is None and not _continues(marker, last):
            oddities.append(Oddity(paragraph.line, f"编号“{marker.label}”前面缺了编号。"))
        if depth is None:
            depth = next((at for at, node in enumerate(path) if node.style == marker.style), len(path))
        del path[min(depth, _DEEPEST) :]
        path.append(_below(path[-1], Node(marker, [paragraph])))
        if marker.number is not None:
            last[marker.style] = marker.number
    return root, oddities


def _closes(text: str) -> bool:
    """Whether a line without number ends what was being read: 附则, 附件1, 注:…"""
    return text.rstrip(":： ") in notation().closing or _AFTER.fullmatch(text) is not None


def _place(path: list[Node], marker: Marker) -> int | None:
    """How deep a marker stands: beside the element that it counts on from, or below everything if it begins at 1."""
    for depth in range(len(path) - 1, 0, -1):
        above = path[depth].marker
        if above and above.style == marker.style and _follows(above, marker):
            return depth
    return len(path) if marker.number == 1 or marker.style == "title" else None


def _follows(above: Marker, marker: Marker) -> bool:
    return marker.number is None or (above.number is not None and marker.number == above.number + 1)


def _continues(marker: Marker, last: dict[Style, int]) -> bool:
    """Whether numbers run on below the next heading: (三) after (一), (二) of the heading before."""
    return marker.number is not None and last.get(marker.style) == marker.number - 1


def _below(parent: Node, node: Node) -> Node:
    node.parent = parent
    parent.children.append(node)
    return node


def _start(paragraph: Paragraph) -> int:
    return paragraph.start
