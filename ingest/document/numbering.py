"""Numbers that Word prints by itself: they stand nowhere in the text, yet they are the measures' numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.document.lists import LEVELS, Level, ListsPart, NumberedList, Style, StylesPart, whole
from ingest.document.markup import read_xml, value
from ingest.document.numerals import printed
from ingest.document.package import Package

_MOST = 10_000
_ANCESTORS = 12
"""Word follows styles no further up."""
_CLOSING = "、.．。)）】〕:：,，"


@dataclass(slots=True)
class ListPlace:
    """Where a paragraph says that it stands among the numbered ones."""

    number: str | None = None
    level: int | None = None
    style: str | None = None

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a property of the paragraph."""
        given = value(attributes)
        match name:
            case "pStyle":
                self.style = given
            case "numId":
                self.number = given
            case "ilvl":
                self.level = whole(given)


class Numbering:
    """Counts the numbered paragraphs of a Word file, in the order in which they are asked for."""

    def __init__(self, package: Package) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, NumberedList] = {}
        self._styles: dict[str, Style] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if part := package.part("numbering"):
            read_xml(package.name, package.archive.chunks(part), ListsPart(self._definitions, self._lists))
        if part := package.part("styles"):
            read_xml(package.name, package.archive.chunks(part), StylesPart(self._styles))

    def next(self, place: ListPlace) -> str:
        """What Word prints before the next paragraph, which stands there; empty if nothing.

        Where the paragraph itself does not say, its style does.
        """
        inherited = self._of_style(place.style)
        number = inherited.number if place.number is None else place.number
        counted = self._lists.get(number)
        if counted is None:
            return ""
        levels = {**self._definitions.get(counted.definition, {}), **counted.levels}
        level = place.level
        if level is None:
            named = (at for at, each in levels.items() if place.style and each.paragraph_style == place.style)
            level = inherited.level if inherited.level is not None else next(named, 0)
        if level not in levels:
            return ""
        self._advance(number, counted, level, levels)
        return _write(self._counts[counted.definition], level, levels)

    def _of_style(self, style: str | None) -> Style:
        found = Style()
        for _ in range(_ANCESTORS):
            each = self._styles.get(style or "")
            if each is None:
                break
            found.number = found.number or each.number
            found.level = each.level if found.level is None else found.level
            style = each.based_on
        return found

    def _advance(self, number: str, counted: NumberedList, level: int, levels: Mapping[int, Level]) -> None:
        counts = self._counts.setdefault(counted.definition, {})
        if number not in self._begun:
            self._begun.add(number)
            for at in counted.starts:
                counts.pop(at, None)
        start = counted.starts.get(level, levels[level].start)
        counts[level] = min(counts[level] + 1, _MOST) if level in counts else start
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        for above in range(level):
            if above in levels:
                counts.setdefault(above, counted.starts.get(above, levels[above].start))


def _write(counts: Mapping[int, int], level: int, levels: Mapping[int, Level]) -> str:
    this = levels[level]
    if this.style in ("bullet", "none"):
        return ""
    text = this.text
    for at in range(level + 1):
        if at in counts and at in levels:
            style = "decimal" if this.decimal_only else levels[at].style
            text = text.replace(f"%{at + 1}", printed(counts[at], style))
    # 第一条 is printed apart from what follows it, 一、 is not.
    return text if text.endswith(tuple(_CLOSING)) or not text else f"{text} "
