"""The habits of one notice in writing its measures."""

from dataclasses import dataclass

from tests.ingest.general.duties import DutyStyle
from tests.ingest.general.numbering import Numbering
from tests.ingest.general.offices import Place


@dataclass(frozen=True)
class MeasureStyle:
    """How measures are set.

    ``titles``: stop (title。text), line (text below), bracket (【title】text), round (（title）text), bracket-line or
    none (the first sentence). ``duty`` is None where the notice names no one. ``lists``: the mark of lists inside
    measures, empty without such; ``grouped``: their items have departments of their own. ``unnamed``: the number of
    the one measure that names no one, or 0.
    """

    numbering: Numbering
    titles: str
    duty: DutyStyle | None
    place: Place
    lists: str
    grouped: bool
    one_line: bool
    unnamed: int

    def head(self, number: str, title: str) -> str:
        """The number and the title, with what closes it."""
        if self.titles.startswith("bracket"):
            return f"{number}【{title}】"
        if self.titles == "round":
            return f"{number}（{title}）"
        return f"{number}{title}{'' if self.titles == 'line' else '。'}"

    def beginning(self, head: str, text: str) -> list[str]:
        """The first line or lines of a measure."""
        return [head, *([text] if text else [])] if self.titles.endswith("line") else [head + text]


@dataclass(frozen=True)
class Position:
    """Where a measure stands: in the notice and under its heading, both from 1."""

    number: int
    here: int
    outline: tuple[str, ...]
