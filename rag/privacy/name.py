"""Names of persons: after what announces one, before a form of address, by their surname; names of shops are kept."""

import re
from collections.abc import Iterator
from functools import lru_cache

import jieba

from rag.privacy.cues import cues
from rag.privacy.span import Span

_HAN = "[一-鿿]"
_COLON = r"[ \t]*(是|为|叫|:)?[ \t“\"]*"
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]*\.?){1,3}")
_OPENING, _CLOSING = '“「『《"', '”」』》"'
_SHOP_WITHIN = 4
_RARE = 3
"""Entries of the dictionary counted so seldom are often names themselves."""


def names(text: str) -> Iterator[Span]:
    """Names, without the form of address; once found in full, wherever they stand again."""
    jieba.initialize()
    found = {span for finder in (_announced, _addressed, _told, _foreign, _signed) for span in finder(text)}
    yield from found
    for name in {text[start:end] for start, end in found if end - start > 1}:
        yield from (match.span() for match in re.finditer(re.escape(name), text))


def _announced(text: str) -> Iterator[Span]:
    """联系人:陈国梁、俞敏; 老公沈俊."""
    for match in _patterns().announcing.finditer(text):
        start = match.end()
        is_sure = match["sure"] is not None or (match["strong"] is not None and match["colon"] is not None)
        if is_sure and (latin := _LATIN.match(text, start)):
            yield latin.span()
        end = _full_name_end(text, start)
        if end and (is_sure or not _is_other(text, start, end, is_strong=match["strong"] is not None)):
            yield start, end
            yield from _listed(text, end)


def _listed(text: str, at: int) -> Iterator[Span]:
    """、俞敏、王国强: further names after one."""
    while at < len(text) and text[at] in "、/和及与":
        end = _full_name_end(text, at + 1)
        if not end or _begins_word(text, at + 1):
            return
        yield at + 1, end
        at = end


def _addressed(text: str) -> Iterator[Span]:
    """王先生; 孙志远女士; 小陈师傅; 张总."""
    for match in _patterns().title.finditer(text):
        end = match.start()
        starts = (end - size for size in (4, 3, 2, 1) if end >= size)
        found = next((start for start in starts if _is_addressed(text, start, end)), None)
        if found is None or _is_shop(text, found, match.end()):
            continue
        if match["short"] and (_begins_word(text, end) or end - found > 1):
            continue
        yield found, end
    for match in _patterns().familiar.finditer(text):
        if not _begins_word(text, match.start()) and not _is_shop(text, match.start(), match.end()):
            yield match.span(1)


def _is_addressed(text: str, start: int, end: int) -> bool:
    surname = _patterns().surname.match(text, start, end)
    if not surname or _ends_word(text, start):
        return False
    if surname.end() == end:
        return text[start:end] not in _patterns().conjunctions
    is_given = re.fullmatch(f"{_HAN}{{1,2}}", text[surname.end() : end]) is not None
    return is_given and text[start] not in _patterns().ambiguous and not _begins_word(text, start)


def _told(text: str) -> Iterator[Span]:
    """免贵姓郑."""
    yield from (match.span(1) for match in _patterns().told.finditer(text))


def _foreign(text: str) -> Iterator[Span]:
    """阿依古丽·买买提."""
    yield from (match.span() for match in _patterns().foreign.finditer(text))


def _signed(text: str) -> Iterator[Span]:
    """A name alone on a line, as under a letter."""
    for match in _patterns().alone.finditer(text):
        if not _begins_word(text, match.start(1)):
            yield match.span(1)


def _full_name_end(text: str, start: int) -> int | None:
    """Where the surname and given name that begin at ``start`` end; None if none do."""
    surname = _patterns().surname.match(text, start)
    if not surname:
        return None
    patterns, first = _patterns(), surname.end()
    if not _is_han(text, first) or patterns.after.match(text, first) or text[first] in patterns.stop:
        return None
    second = first + 1
    is_second = _is_han(text, second) and text[second] not in patterns.stop and not patterns.after.match(text, second)
    return second + 1 if is_second else second


def _is_other(text: str, start: int, end: int, is_strong: bool) -> bool:
    """Whether what looks like a name is rather an ordinary word, or goes on as a name does not."""
    if text[start] in _patterns().ambiguous or _begins_word(text, start):
        return True
    following = text[end : end + 1]
    ends = not _is_han(text, end) or following in _patterns().follows or _patterns().after.match(text, end)
    return not (is_strong or ends)


def _begins_word(text: str, start: int) -> bool:
    """Whether a dictionary word begins here: 高兴, 马上, 养老院."""
    return any(_in_dictionary(text[start : start + size]) for size in (2, 3, 4))


def _ends_word(text: str, start: int) -> bool:
    """Whether the character at ``start`` ends a dictionary word: 班主任(老师)."""
    return any(_in_dictionary(text[start - size : start + 1]) for size in (1, 2) if start >= size)


def _in_dictionary(word: str) -> bool:
    return len(word) > 1 and (jieba.dt.FREQ.get(word) or 0) > _RARE


def _is_han(text: str, at: int) -> bool:
    return re.match(_HAN, text[at : at + 1]) is not None


def _is_shop(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in _OPENING and text[end : end + 1] not in _CLOSING:
        return True
    return _patterns().shop.match(text, end) is not None


class _Patterns:
    def __init__(self) -> None:
        data = cues()["name"]
        surname = f"(?:{'|'.join(data['compound'])}|[{data['surnames']}])"
        announcing = "|".join(f"(?P<{name}>{_longest_first(data[name])})" for name in ("sure", "strong", "weak"))
        part = f"[{data['foreign']}]"
        self.surname = re.compile(surname)
        self.stop: str = data["stop"]
        self.follows: str = data["stop"] + data["next"]
        self.ambiguous: str = data["ambiguous"]
        self.conjunctions: str = data["conjunctions"]
        self.after = re.compile("|".join(data["after"]))
        self.announcing = re.compile(f"(?:{announcing}){_COLON.replace('(', '(?P<colon>', 1)}")
        self.title = re.compile(f"(?P<long>{_longest_first(data['title'])})(?!娘)|(?P<short>{'|'.join(data['short'])})")
        self.familiar = re.compile(rf"(?:[小老阿])({surname})(?={data['familiar_before']})")
        self.told = re.compile(rf"姓(?!名|氏)[:是]?({surname})")
        self.foreign = re.compile(rf"{part}{{2,6}}(?:·{part}{{2,6}}){{1,2}}")
        self.alone = re.compile(rf"^\s*({surname}{_HAN}{{1,2}})\s*$", re.MULTILINE)
        gap = f"(?:(?![{self.stop}]){_HAN}){{0,{_SHOP_WITHIN}}}?"
        self.shop = re.compile(f"{gap}(?:{_longest_first(data['shop'])})")


def _longest_first(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()
