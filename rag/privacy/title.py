"""Names before a form of address: 王先生, 孙志远女士, 小陈师傅, 张总. The span is the name alone; shops keep theirs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import cues
from rag.privacy.span import Span
from rag.privacy.surname import HAN, begins_word, ends_word, in_dictionary, is_han, surname

_OPENING = '"“「『《"'
_QUOTED_NAME = re.compile(f"{HAN}{{1,8}}[”」』》]")
_SHOP_WITHIN = 4
_LONGEST, _LONGEST_GIVEN = 4, 2
_FAMILIAR = "小老阿"


def addressed(text: str) -> Iterator[Span]:
    """What may be names with a form of address after them, or after 小 and 老: one character, or one with a surname."""
    for match in _any_title().finditer(text):
        end = match.start()
        for start in range(end - 1, max(end - _LONGEST, 0) - 1, -1):
            if not is_han(text, start):
                break
            found = surname().match(text, start, end)
            is_name = end - start == 1 or (found and end - found.end() <= _LONGEST_GIVEN)
            if is_name and not is_shop(text, start, match.end()):
                yield start, end
    for match in _familiar_form().finditer(text):
        if not is_shop(text, match.start(), match.end()):
            yield match.span(1)


def address_at(text: str, at: int) -> str:
    """The form of address that may begin at ``at``; empty if none does."""
    found = _any_title().match(text, at)
    return found.group() if found else ""


@lru_cache(maxsize=64)
def clearly_addressed(text: str) -> frozenset[Span]:
    """Names with a form of address that cannot well be anything else."""
    return frozenset((*_titled(text), *_familiar(text)))


def told(text: str) -> Iterator[Span]:
    """Surnames that are told: 免贵姓郑, 隔壁冯家."""
    yield from (match.span(match.lastindex or 0) for match in _told().finditer(text))


def is_shop(text: str, start: int, end: int) -> bool:
    """Whether a shop or a brand is called by the name from ``start`` to ``end``."""
    if start and text[start - 1] in _OPENING and _QUOTED_NAME.match(text, end):
        return True
    return _shop().match(text, end) is not None


def is_familiar(text: str, start: int) -> bool:
    """Whether 小 or 老 stands before."""
    return start > 0 and text[start - 1] in _FAMILIAR


def _titled(text: str) -> Iterator[Span]:
    for match in _title().finditer(text):
        end = match.start()
        starts = (end - size for size in range(_LONGEST, 0, -1) if end >= size)
        start = next((start for start in starts if _is_name(text, start, match)), None)
        if start is not None and not is_shop(text, start, match.end()):
            yield start, end


def _familiar(text: str) -> Iterator[Span]:
    for match in _familiar_clearly().finditer(text):
        if not begins_word(text, match.start()) and not is_shop(text, match.start(), match.end()):
            yield match.span(1)
    for match in _familiar_form().finditer(text):
        is_word = any(begins_word(text, at) or ends_word(text, at) for at in (match.start(), match.start(1)))
        plain = cues()["name"]["ambiguous"] + cues()["name"]["things"]
        is_surname = surname().fullmatch(match[1]) and match[1] not in plain
        if is_surname and not is_word and not is_shop(text, match.start(), match.end()):
            yield match.span(1)


def _is_name(text: str, start: int, title: re.Match[str]) -> bool:
    end, data = title.start(), cues()["name"]
    found = surname().match(text, start, end)
    # 徐经理 is in the dictionary too; but 施工 is no 施 with a form of address.
    words = range(end + 1, title.end() + bool(title["short"] or title["open"]))
    if not found or ends_word(text, start) or any(in_dictionary(text[start:at]) for at in words):
        return False
    if found.end() == end:
        is_person = title.group() in data["personal"]
        return text[start:end] not in data["conjunctions"] and (is_person or text[start:end] not in data["things"])
    given = text[found.end() : end]
    is_given = re.fullmatch(f"{HAN}{{1,2}}", given) is not None and not set(given) & set(data["stop"])
    if title["short"] or title["open"] or not is_given or text[start] in data["ambiguous"] + data["things"]:
        return False
    return not begins_word(text, start)


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    data = cues()["name"]
    long, short = (_longest_first(data[name]) for name in ("title", "short"))
    followed = "|".join(f"{word}(?![{others}])" for word, others in data["followed"].items())
    return re.compile(
        f"(?P<long>{long})(?!娘)|(?P<short>{short})(?!{HAN}|[a-z])|(?P<dear>总|姐|哥|叔|姨)(?=的|说|讲)|(?P<open>{followed})"
    )


@lru_cache(maxsize=1)
def _any_title() -> re.Pattern[str]:
    data = cues()["name"]
    return re.compile(_longest_first([*data["title"], *data["short"], *data["followed"], *data["loose"]]))


@lru_cache(maxsize=1)
def _familiar_clearly() -> re.Pattern[str]:
    return re.compile(rf"[小老阿]({surname().pattern})(?={cues()['name']['familiar_before']})")


@lru_cache(maxsize=1)
def _familiar_form() -> re.Pattern[str]:
    return re.compile(f"[{_FAMILIAR}]({HAN})")


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    return re.compile(
        rf"(?:姓(?!名|氏)[:是]?({surname().pattern})|(?:隔壁|楼上|楼下|对门|[一二三四五六七八九十\d]楼)({surname().pattern})(?=家(?!里|庭|具|电|长)))"
    )


@lru_cache(maxsize=1)
def _shop() -> re.Pattern[str]:
    data = cues()["name"]
    gap = f"(?:(?![{data['stop']}{data['no_shop']}]){HAN}){{0,{_SHOP_WITHIN}}}?"
    short, long = ([word for word in data["shop"] if (len(word) > 1) == is_long] for is_long in (False, True))
    return re.compile(f"{gap}(?:{_longest_first(long)})|(?:{_longest_first(short)})")


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
