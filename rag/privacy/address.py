"""Where a person lives or works, down to the house: a road or an estate with numbers. Districts and roads are kept.

An address is a named place with a house number and all that goes on from there; which words are places, units and parts
of houses is data (rag/data/privacy.toml).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import cues
from rag.privacy.span import Span
from rag.privacy.surname import is_han
from rag.privacy.tagging import PLACE, Word, tags_of

_NUMBER = r"(?:[甲乙丙丁东西南北]? ?(?:\d{1,5}|[〇零一二三四五六七八九十百廿]{1,6})(?:[-/]\d{1,5})?[甲乙丙丁]?)"
_LETTER = r"[A-Za-z]\d{0,4}"
_JOINT = r"[-,、/· —]{0,2}"
_ASIDE = r"(?:[((“][^))”,。]{2,8}[))”])?"
_NO_HOUSE = r"(?![\d年月日点元人个万天次平米折岁%]|号(?:线|公路|电))"
"""What follows a number that counts something else than houses."""
_SHORTEST_NAME = 2
_ENGLISH = re.compile(
    r"(?:(?:(?:Room|Rm\.?|Unit|Apt\.?|Flat|No\.?|Lane|Building|Bldg\.?|Floor|House) ?#?[A-Z]?\d{1,5}[A-Z]?"
    r"|(?:[A-Z][a-z]+ ){1,3}(?:Road|Rd\.?|Street|St\.?|Avenue|Ave\.?))[, ]{0,2}){2,}"
)
_TRAILING = re.compile(r"[-,、/· —(]+$")


def addresses(text: str) -> Iterator[Span]:
    """Addresses with the name of the road or estate, without the district before it."""
    for match in _house().finditer(text):
        if _telling().search(match.group()):
            start = _name_start(text, match.start(), match.end("name"))
            leading = _leading().match(text, start, match.start())
            yield leading.end() if leading else start, match.start() + len(_TRAILING.sub("", match.group()))
    for match in _block().finditer(text):
        yield _place_start(text, match.start()), match.start() + len(_TRAILING.sub("", match.group()))
    for match in _ENGLISH.finditer(text):
        yield match.start(), match.start() + len(_TRAILING.sub("", match.group()))


def _name_start(text: str, at: int, end: int) -> int:
    """Where the name begins whose last word, 路 or 小区, stands from ``at`` up to ``end``."""
    words = [word for word in tags_of(text).words if word.start < end]
    start = words.pop().start
    while words and _is_short(text[start:at]) and is_han(text, words[-1].start):
        start = words.pop().start
    return _place_start(text, start)


def _place_start(text: str, start: int) -> int:
    """Where the places begin that stand right before ``start``."""
    words = [word for word in tags_of(text).words if word.end <= start]
    while words and words[-1].end == start and _belongs(text, words[-1]):
        start = words.pop().start
    return start


def _is_short(name: str) -> bool:
    """Whether characters alone name no road: 中山|北一路."""
    return len(name.strip(cues()["address"]["first"])) < _SHORTEST_NAME


def _belongs(text: str, word: Word) -> bool:
    """Whether a word before a name is part of the address: a road or a village, not a district."""
    data, last = cues()["address"], text[word.end - 1]
    if word.end - word.start < _SHORTEST_NAME:
        return last in data["first"] or (word.kind == PLACE and last not in data["before"])
    return (word.kind == PLACE or last in data["villages"]) and last not in data["districts"]


@lru_cache(maxsize=1)
def _house() -> re.Pattern[str]:
    named, _, inside, house, goes_on = _grammar()
    begins = rf"(?:{house}|{_NUMBER}(?:[-/]{_NUMBER})+{_NO_HOUSE})"
    return re.compile(rf"(?P<name>{named}){_ASIDE} ?{inside}(?:内|里)?{begins}{_ASIDE}(?:{goes_on})*")


@lru_cache(maxsize=1)
def _block() -> re.Pattern[str]:
    """4号楼902室, of whatever estate."""
    _, block, _, _, goes_on = _grammar()
    return re.compile(rf"(?<![\d第共有]){_NUMBER}(?:{block})(?:{goes_on})+")


@lru_cache(maxsize=1)
def _grammar() -> tuple[str, str, str, str, str]:
    """Patterns: the end of a place's name, a block, a place inside a place, a numbered house, what may follow it."""
    data = cues()["address"]
    named, block, unit, part, building = (_any(data[name]) for name in ("named", "block", "unit", "part", "building"))
    house = rf"(?:{_NUMBER} ?(?:{unit})[甲乙丙丁半]?|{_LETTER} ?(?:{unit}))"
    loose = rf"(?:{_LETTER}(?![A-Za-z])|\d{{1,2}}[A-Z]+(?![A-Za-z])|{_NUMBER}[A-Z]?{_NO_HOUSE}|[甲乙丙丁])"
    inside = rf"(?:[一-鿿]{{0,8}}?(?:{building}){_JOINT})?"
    return named, block, inside, house, rf"{_JOINT}(?:{part}|{inside}(?:{house}|{loose}|{part}))"


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    """What the lexical analyser puts to a road's name: 住, a district."""
    data = cues()["address"]
    return re.compile(f"(?:[{data['before']}]|[一-鿿]{{2,3}}?[{data['districts']}](?=[一-鿿]{{2}}))*")


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    """What no road, floor or crossing has, only a house."""
    return re.compile(rf"{_any(cues()['address']['telling'])}|[\d甲]-\d")


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
