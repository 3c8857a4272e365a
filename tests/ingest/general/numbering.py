"""How a notice numbers its measures, and what may stand above and below such a number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.ingest.general.dice import Dice

NUMERALS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return head + (NUMERALS[ones] if ones or not tens else "")


@dataclass(frozen=True)
class Marker:
    """``above``: the headings that it may stand under; ``inner``: markers of lists inside such a measure."""

    look: str
    write: Callable[[int], str]
    above: Sequence[str]
    inner: Sequence[str] = ()


def circled(number: int) -> str:
    return chr(ord("①") + number - 1)


LISTS: dict[str, Callable[[int], str]] = {
    "（一）": lambda number: f"（{chinese(number)}）",
    "(一)": lambda number: f"({chinese(number)})",
    "（1）": lambda number: f"（{number}）",
    "(1)": lambda number: f"({number})",
    "1）": lambda number: f"{number}）",
    "①": circled,
}
# A list inside a measure never uses a mark that could be the number of a measure or of a section of that notice.
SMALL = ("（1）", "(1)", "①", "1）")
MARKERS = (
    Marker("一、", lambda number: f"{chinese(number)}、", ("none", "chapters"), SMALL),
    Marker("(一)", LISTS["(一)"], ("none", "parts", "chapters"), SMALL),
    Marker("（一）", LISTS["（一）"], ("none", "parts", "chapters"), SMALL),
    # Opening and closing brackets of different width, as people type them.
    Marker("(一）", lambda number: f"({chinese(number)}）", ("none", "parts", "chapters"), SMALL),
    Marker("1.", lambda number: f"{number}.", ("none", "parts", "sections", "chapters"), SMALL[:3]),
    Marker("1．", lambda number: f"{number}．", ("none", "parts", "sections", "chapters"), SMALL[:3]),
    Marker("１．", lambda number: f"{number}．".translate(WIDE), ("none", "parts", "sections"), SMALL[:3]),
    Marker("1、", lambda number: f"{number}、", ("none", "parts", "sections"), SMALL[:3]),
    # Small numbers look like lists inside something; they are measures where they run on through all headings.
    Marker("（1）", LISTS["（1）"], ("parts", "sections"), ("①",)),
    Marker("(1)", LISTS["(1)"], ("parts", "sections"), ("①",)),
    Marker("①", circled, ("parts", "sections")),
    Marker("第一条", lambda number: f"第{chinese(number)}条", ("none", "chapters"), ("（一）", "(一)", "（1）")),
    Marker("第1条", lambda number: f"第{number}条", ("none", "chapters"), ("（一）", "(一)", "（1）")),
    Marker("【】", lambda number: "", ("none", "parts", "sections"), SMALL[:3]),
    Marker("一是", lambda number: f"{chinese(number)}是", ("none",), ("①",)),
)
ARTICLES = ("第一条", "第1条")
RUNNING_ON = ("（1）", "(1)", "①", *ARTICLES)
# Only these can be told from running text where the notice has lost its line breaks.
ONE_LINE = ("一、", "（一）", *ARTICLES)


@dataclass(frozen=True)
class Numbering:
    marker: Marker
    above: str
    restarts: bool
    space: str
    headings_stop: bool

    def number(self, position: int, position_here: int) -> str:
        """The number of a measure as printed, by its place in the notice and under its heading (both from 1)."""
        return self.marker.write(position_here if self.restarts else position) + self.space

    def part(self, number: int, title: str) -> str:
        if self.above == "chapters":
            return f"第{chinese(number)}章 {title}"
        return f"{chinese(number)}、{title}"

    def section(self, number: int, title: str) -> str:
        return f"（{chinese(number)}）{title}{'。' * self.headings_stop}"


def any_numbering(dice: Dice) -> Numbering:
    marker = dice.one(MARKERS)
    above = dice.one(marker.above)
    restarts = above != "none" and marker.look not in RUNNING_ON and dice.chance()
    space = dice.one((" ", "　") if marker.look in ARTICLES else ("", "", " ", "　"))
    return Numbering(marker, above, restarts, "" if marker.look in ("【】", "一是") else space, dice.chance())
