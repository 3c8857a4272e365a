"""Names before a form of address: 王先生, 孙志远女士, 小陈师傅, 张总. The span is the name alone; shops keep theirs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import cues
from rag.privacy.span import Span
from rag.privacy.surname import HAN, begins_word, ends_word, in_dictionary, surname

_OPENING, _CLOSING = '“「『《"', '”」』》"'
_SHOP_WITHIN = 4
_LONGEST = 4


def titled(text: str) -> Iterator[Span]:
    """Names with a form of address after them."""
    for match in _title().finditer(text):
        end = match.start()
        starts = (end - size for size in range(_LONGEST, 0, -1) if end >= size)
        start = next((start for start in starts if _is_name(text, start, match)), None)
        if start is not None and not _is_shop(text, start, match.end()):
            yield start, end


def familiar(text: str) -> Iterator[Span]:
    """Names after 小 and 老, and surnames told: 老张说, 免贵姓郑, 隔壁冯家."""
    for match in _familiar().finditer(text):
        if not begins_word(text, match.start()) and not _is_shop(text, match.start(), match.end()):
            yield match.span(1)
    for match in _familiar_anywhere().finditer(text):
        is_word = any(begins_word(text, at) or ends_word(text, at) for at in (match.start(), match.start(1)))
        plain = cues()["name"]["ambiguous"] + cues()["name"]["things"]
        if not is_word and match[1] not in plain and not _is_shop(text, match.start(), match.end()):
            yield match.span(1)
    yield from (match.span(match.lastindex or 0) for match in _told().finditer(text))


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


def _is_shop(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in _OPENING and text[end : end + 1] not in _CLOSING:
        return True
    return _shop().match(text, end) is not None


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    data = cues()["name"]
    long, short = (_longest_first(data[name]) for name in ("title", "short"))
    followed = "|".join(f"{word}(?![{others}])" for word, others in data["followed"].items())
    return re.compile(
        f"(?P<long>{long})(?!娘)|(?P<short>{short})(?!{HAN}|[a-z])|(?P<dear>总|姐|哥|叔|姨)(?=的|说|讲)|(?P<open>{followed})"
    )


@lru_cache(maxsize=1)
def _familiar() -> re.Pattern[str]:
    return re.compile(rf"[小老阿]({surname().pattern})(?={cues()['name']['familiar_before']})")


@lru_cache(maxsize=1)
def _familiar_anywhere() -> re.Pattern[str]:
    return re.compile(rf"[小老]({surname().pattern})(?={HAN})")


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    return re.compile(rf"(?:姓(?!名|氏)[:是]?({surname().pattern})|(?:隔壁|楼上|楼下|对门)({surname().pattern})(?=家))")


@lru_cache(maxsize=1)
def _shop() -> re.Pattern[str]:
    data = cues()["name"]
    gap = f"(?:(?![{data['stop']}]){HAN}){{0,{_SHOP_WITHIN}}}?"
    return re.compile(f"{gap}(?:{_longest_first(data['shop'])})")


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
