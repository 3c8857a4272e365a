"""The numbering grammar of notices: 一、part, (一)section, 1.measure, 附件1."""

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["part", "section", "item"]

_DIGITS = "零一二三四五六七八九"
_CHINESE = "[一二三四五六七八九十百]+"
_PATTERNS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"(?P<number>{_CHINESE})、(?P<star>)(?P<title>.+)")),
    ("section", re.compile(rf"[(（](?P<number>{_CHINESE})[)）](?P<star>)(?P<title>.+)")),
    ("item", re.compile(r"(?P<number>\d{1,3})(?P<star>★?)[.．、](?P<title>\D.*)")),
)
_ANNEX = re.compile(r"附件(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. ``label`` is the heading as printed, without ★; only items can be starred."""

    level: Level
    number: int
    title: str
    label: str
    starred: bool


def chinese_numeral(text: str) -> int:
    """Value of a Chinese numeral below 1000 (十二 → 12, 一百零三 → 103)."""
    total = 0
    digit = 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.index(char)
    return total + digit


def read_heading(line: str) -> Heading | None:
    """The heading that ``line`` is, or None if it carries no number of the grammar."""
    for level, pattern in _PATTERNS:
        if match := pattern.fullmatch(line):
            printed = match["number"]
            number = int(printed) if printed.isdigit() else chinese_numeral(printed)
            return Heading(level, number, match["title"].strip(), line.replace("★", "", 1), bool(match["star"]))
    return None


def read_annex_number(line: str) -> int | None:
    """The number of an annex that starts at ``line`` (附件2 → 2), or None."""
    match = _ANNEX.fullmatch(line)
    return int(match["number"]) if match else None
