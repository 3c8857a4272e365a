"""What stands before a numbered element: 一、 (一) 1. (1) ① 第一条 第一章 【…】, in full or half width."""

import re
from dataclasses import dataclass
from typing import Literal

from ingest.outline import chinese_numeral

Style = Literal[
    "chapter",
    "article",
    "named",
    "part",
    "section",
    "item",
    "parenthesis",
    "half",
    "circle",
    "ordinal",
    "letter",
    "title",
]

_CHINESE = "[零〇一二三四五六七八九十百]{1,6}"
_EITHER = rf"(?P<number>{_CHINESE}|\d{{1,3}})"
_DECORATION = r"(?:#{1,6}[ \t]*)?(?:\*\*)?"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_WRITTEN: tuple[tuple[Style, str], ...] = (
    ("chapter", rf"第{_EITHER}[章篇节编](?=[ \t\u3000]|[^、,,。;；规的])"),
    ("article", rf"第{_EITHER}条(?:[ \t\u3000:：、.]|(?=[^、,,。;；规的款和与至到及第]))"),
    ("named", rf"(?:举措|措施|任务|行动){_EITHER}[:：、.]"),
    ("part", rf"(?P<number>{_CHINESE})[、.．](?![零〇一二三四五六七八九十][级类档])"),
    ("section", rf"[(（](?P<number>{_CHINESE})[)）][、.．]?"),
    ("item", r"(?P<number>\d{1,3})(?P<star>★?)[.．、](?!\d)"),
    # A title may begin with a figure: 1.2026年…, 11.121人才…; a decimal with its unit is none.
    ("item", r"(?P<number>\d{1,3})(?P<star>★?)[.．、](?=\d{4}年|\d{2,}[^\d万亿千百元%％‰倍个米平方户家次天年月日])"),
    ("parenthesis", r"[(（](?P<number>\d{1,3})[)）][、.．]?"),
    ("half", r"(?P<number>\d{1,3})[)）]"),
    ("circle", rf"(?P<number>[{_CIRCLES}])[、.．]?"),
    ("ordinal", rf"(?P<number>{_CHINESE})是(?!否)"),
    ("letter", r"(?P<number>[A-Za-z])[.．、)）](?![A-Za-z\d])"),
)
_PATTERNS = tuple(
    (style, re.compile(rf"{_DECORATION}{pattern}[ \t\u3000]*(?P<rest>.*)", re.DOTALL)) for style, pattern in _WRITTEN
)
_TITLE = re.compile(_DECORATION + r"【(?P<title>[^【】:：]{2,40})】[ \t\u3000]*(?P<rest>.*)", re.DOTALL)
_DEPARTMENTS = re.compile(r"[一-鿿]{0,6}(?:单位|部门)")

SUBORDINATE: frozenset[Style] = frozenset({"parenthesis", "half", "circle", "ordinal", "letter"})
"""Styles that mostly number what is inside a measure."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A number with its style, and what follows it on the line. ``label`` is the marker as printed.

    A 【title】 has no number of its own: ``number`` is None and ``rest`` begins with the title.
    """

    style: Style
    number: int | None
    label: str
    rest: str
    starred: bool = False


def read_marker(text: str) -> Marker | None:
    """The marker that ``text`` begins with, or None."""
    for style, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            label = text[: match.start("rest")].strip()
            starred = bool(match.groupdict().get("star"))
            return Marker(style, _value(match["number"]), label, match["rest"].replace("**", "").strip(), starred)
    if (match := _TITLE.fullmatch(text)) and not _DEPARTMENTS.fullmatch(match["title"]):
        return Marker("title", None, "", f"【{match['title']}】{match['rest']}")
    return None


def _value(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    if printed in _CIRCLES:
        return _CIRCLES.index(printed) + 1
    if printed.isascii():
        return ord(printed.lower()) - ord("a") + 1
    digits = printed.replace("〇", "零")
    # 二〇 is written like 20, digit by digit.
    return chinese_numeral(f"{digits[0]}十{digits[2:]}") if digits[1:2] == "零" else chinese_numeral(digits)
