"""The running text of a measure with everything below it, and where departments stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.general.level import Expressions
from ingest.general.responsibility import Named
from ingest.general.tree import Node

EDGE = "。.：:；;，, \t\u3000"
"""What may stand before, after and between departments and headings without being text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Departments with no text between them: who, where in the running text [start, end), in which element."""

    named: Named
    start: int
    end: int
    node: Node


class Flow:
    """The running text of one element with everything below it, and the stretches of departments in it."""

    def __init__(self, node: Node, found: Expressions) -> None:
        self.node = node
        self.paragraphs = node.all_paragraphs
        self.text = "".join(each.text for each in self.paragraphs)
        self.stretches = list(self._stretches(found))

    def _stretches(self, found: Expressions) -> Iterator[Stretch]:
        owner = {each: node for node in (self.node, *self.node.descendants) for each in node.paragraphs}
        current: Stretch | None = None
        begin = 0
        for paragraph in self.paragraphs:
            for expression in found.get(paragraph, ()):
                start, end = begin + expression.start, begin + expression.end
                if current and not self.text[current.end : start].strip(EDGE):
                    current = Stretch(current.named.joined(expression.named), current.start, end, current.node)
                    continue
                if current:
                    yield current
                current = Stretch(expression.named, start, end, owner[paragraph])
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
        if len(self.stretches) == 1 and not self.text[self.stretches[0].end :].strip(EDGE):
            return self.text[: self.stretches[0].start].rstrip(), self.stretches[0].start
        return self.text, len(self.text)


def ends_with_departments(node: Node, found: Expressions) -> bool | None:
    """Whether nothing follows the last department of an element; None if it names none."""
    flow = Flow(node, found)
    return not flow.text[flow.stretches[-1].end :].strip(EDGE) if flow.stretches else None
