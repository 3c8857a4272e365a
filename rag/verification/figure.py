"""Figures: every number of a claim stands in its sources, with the same unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.verification.claim import Claim
from rag.verification.cues import cues

_FIGURE = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿千百]*)|(?P<hundredths>百分之)?(?P<han>[零〇一二两三四五六七八九十百千万亿]+)"
)
_UNIT = re.compile(r"\s*(个百分点|%|[^\W\d_])?")
_REFERENCE = re.compile(r"(?:附件[1一]?)?第\s*(\d+|[一二三四五六七八九十]+)\s*[条项]")
_DIGIT = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the first character of what it counts, ``""`` at the end of a text."""

    value: float
    unit: str


def has_foreign_figure(claim: Claim) -> bool:
    """Whether the claim has a number that its sources lack; their own numbers count as theirs."""
    numbers = {str(source.number) for source in claim.sources}
    said = _REFERENCE.sub(lambda match: "" if match[1] in numbers else match[0], claim.said)
    printed = set(figures(claim.evidence))
    return any(figure not in printed for figure in figures(said))


def figures(text: str) -> Iterator[Figure]:
    """The figures of a normalised text; 一 in 一起 or 统一 is none."""
    for word in cues().no_figures:
        text = text.replace(word, "|" * len(word))
    for match in _FIGURE.finditer(text):
        unit = _UNIT.match(text, match.end())
        assert unit is not None
        if match["hundredths"]:
            yield Figure(han_value(match["han"]), "%")
        elif match["han"]:
            yield Figure(han_value(match["han"]), unit[1] or "")
        else:
            value = float(match["digits"].replace(",", ""))
            for scale in match["scale"]:
                value *= _SCALE[scale]
            yield Figure(value, unit[1] or "")


def han_value(han: str) -> float:
    """The value of a number in Chinese characters: 一千七百三十 is 1730; digits in a row (二〇二五) are one number."""
    if not any(char in _SCALE for char in han):
        return float("".join(str(_DIGIT[char]) for char in han))
    total, section, digit = 0, 0, 0
    for char in han:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif _SCALE[char] < _SCALE["万"]:
            section += (digit or 1) * _SCALE[char]
            digit = 0
        else:
            total += ((section + digit) or 1) * _SCALE[char]
            section, digit = 0, 0
    return float(total + section + digit)
