"""What a Word file says about its numbered lists: how their levels count, and which styles belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.document.markup import local, value

LEVELS = 9


@dataclass(slots=True)
class Level:
    """How the paragraphs of one level are numbered; ``text`` has %1 where the number of level 0 stands."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    decimal_only: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class NumberedList:
    """One ``w:num``: the definition that it counts by, and where it begins anew."""

    definition: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class Style:
    """What a paragraph style says about numbers."""

    based_on: str = ""
    number: str = ""
    level: int | None = None


class ListsPart:
    """Reads numbering.xml."""

    def __init__(self, definitions: dict[str, dict[int, Level]], lists: dict[str, NumberedList]) -> None:
        self._definitions = definitions
        self._lists = lists
        self._levels: dict[int, Level] = {}
        self._list = NumberedList()
        self._level = Level()
        self._overridden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take what the element says."""
        given = value(attributes) or ""
        match local(tag):
            case "abstractNum":
                self._levels = self._definitions.setdefault(value(attributes, "abstractNumId") or "", {})
            case "num":
                self._list = self._lists.setdefault(value(attributes, "numId") or "", NumberedList())
                self._levels = self._list.levels
            case "abstractNumId":
                self._list.definition = given
            case "lvlOverride":
                self._overridden = _level(attributes)
            case "startOverride":
                self._list.starts[self._overridden] = whole(given)
            case "lvl":
                self._level = self._levels.setdefault(_level(attributes), Level())
            case "start":
                self._level.start = whole(given)
            case "numFmt":
                self._level.style = given
            case "lvlText":
                self._level.text = given[:40]
            case "isLgl":
                self._level.decimal_only = given not in ("0", "false")
            case "pStyle":
                self._level.paragraph_style = given

    def end(self, tag: str) -> None:
        """Everything is in attributes."""

    def data(self, data: str) -> None:
        """Nothing is in text."""

    def close(self) -> None:
        """All is in the tables that were given."""


class StylesPart:
    """Reads from styles.xml which styles are numbered."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._style = Style()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take what the element says."""
        given = value(attributes) or ""
        match local(tag):
            case "style":
                self._style = self._styles.setdefault(value(attributes, "styleId") or "", Style())
            case "basedOn":
                self._style.based_on = given
            case "numId":
                self._style.number = given
            case "ilvl":
                self._style.level = whole(given)

    def end(self, tag: str) -> None:
        """Everything is in attributes."""

    def data(self, data: str) -> None:
        """Nothing is in text."""

    def close(self) -> None:
        """All is in the table that was given."""


def _level(attributes: Mapping[str, str]) -> int:
    return min(whole(value(attributes, "ilvl")), LEVELS - 1)


def whole(text: str | None) -> int:
    """A whole number as Word writes it; 0 for what is none, or too large to be meant."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
