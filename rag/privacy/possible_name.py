"""Where a name of a person may stand: after a surname, before a form of address, where one is announced, in Latin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.privacy.cues import cues
from rag.privacy.span import CLAIMED, Span
from rag.privacy.surname import HAN, is_han, surname
from rag.privacy.tagging import PERSON, tags_of
from rag.privacy.title import address_at, addressed, is_shop

NEAR = 10
"""So many characters before a name may announce it."""

_FOREIGN_LENGTHS = (3, 4, 5)
_ANNOUNCED_LENGTHS = (2, 3, 4)
_LONGEST_PART = 6
_LATIN_WORD = r"[^\W\d_a-z一-鿿](?:[^\W\d_一-鿿]|['’-])"
_LATIN = re.compile(
    rf"(?<![^\W_一-鿿]){_LATIN_WORD}+(?:[ -](?:(?:da|de|del|dos|van|von|bin|al) )?{_LATIN_WORD}*\.?){{0,3}}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Possible:
    """Characters that may be a name, from ``start`` up to ``end``; ``given`` is where the given name begins."""

    start: int
    given: int
    end: int


def possible_names(text: str) -> Iterator[Possible]:
    """Every place where a name may stand in a text whose other private data is claimed."""
    places: dict[Span, Possible] = {}
    for each in _possible_names(text):
        # Of two readings of the same characters, the one with a surname comes first.
        places.setdefault((each.start, each.end), each)
    yield from places.values()


def _possible_names(text: str) -> Iterator[Possible]:
    yield from _with_surname(text)
    for start, end in addressed(text):
        yield Possible(start, max(_after_surname(text, start, end), start + 1), end)
    for start, end in _tagged(text):
        yield Possible(start, _after_surname(text, start, end), end)
    without_surname = {*_transliterated(text), *_announced(text), *_dotted(text), *_latin(text)}
    yield from (Possible(start, start, end) for start, end in sorted(without_surname))


def is_announced(text: str, start: int) -> bool:
    """Whether words before ``start`` announce a name."""
    return _announcing_before().search(text[max(0, start - NEAR) : start]) is not None


def private_after(text: str, end: int) -> bool:
    """Whether other private data follows, perhaps with what it is called."""
    return _private_after().match(text, end) is not None


def private_before(text: str, start: int) -> bool:
    """Whether other private data stands right before."""
    return _private_before().search(text[max(0, start - NEAR) : start]) is not None


def _with_surname(text: str) -> Iterator[Possible]:
    """Surnames with one or two characters after them."""
    stop = cues()["name"]["stop"]
    for start in range(len(text)):
        found = surname().match(text, start)
        # What follows a digit is what is counted.
        if not found or (start and text[start - 1].isdigit()):
            continue
        given = found.end()
        # 王先生 and 小杨生煎 go on with a form of address and with what a shop sells.
        if _no_given_name().match(text, given):
            continue
        for end in (given + 1, given + 2):
            if not is_han(text, end - 1) or text[end - 1] in stop:
                break
            if not address_at(text, end):
                yield Possible(start, given, end)


def _after_surname(text: str, start: int, end: int) -> int:
    found = surname().match(text, start, end)
    return found.end() if found else start


def _tagged(text: str) -> Iterator[Span]:
    """What the lexical analyser takes for names, of any form, without the form of address at their end."""
    for word in tags_of(text).words:
        if word.kind == PERSON and text[word.start].isalnum() and not is_shop(text, word.start, word.end):
            ends = (at for at in range(word.start + 1, word.end) if len(address_at(text, at)) == word.end - at)
            yield word.start, next(ends, word.end)


def _transliterated(text: str) -> Iterator[Span]:
    """扎西次仁, 巴特尔: runs of characters that transliterations are written with."""
    for match in _foreign().finditer(text):
        for length in _FOREIGN_LENGTHS:
            for start in range(match.start(), match.end() - length + 1):
                yield start, start + length


def _announced(text: str) -> Iterator[Span]:
    """名字达瓦, 女的叫宁静: whatever follows what announces a name."""
    for match in _announcing().finditer(text):
        start = match.end()
        for length in _ANNOUNCED_LENGTHS:
            if not all(
                is_han(text, at) and text[at] not in cues()["name"]["stop"] for at in range(start, start + length)
            ):
                break
            yield start, start + length


def _dotted(text: str) -> Iterator[Span]:
    """艾力·吐尔逊, wherever in the characters around the dot it begins and ends."""
    for match in _around_dot().finditer(text):
        before, after = len(match[1]), len(match[2])
        for start in range(max(0, before - _LONGEST_PART), before):
            for end in range(1, min(after, _LONGEST_PART) + 1):
                yield match.start(1) + start, match.start(2) + end


def _latin(text: str) -> Iterator[Span]:
    """Maria Gonzalez, Vivian; capitals alone only where a name is announced or private data is beside them."""
    for match in _LATIN.finditer(text):
        start, end = match.span()
        is_beside = is_announced(text, start) or private_before(text, start) or private_after(text, end)
        if is_beside or not match.group().isupper():
            yield start, end


@lru_cache(maxsize=1)
def _no_given_name() -> re.Pattern[str]:
    data = cues()["name"]
    return re.compile("|".join(word for word in (*data["title"], *data["shop"]) if len(word) > 1))


@lru_cache(maxsize=1)
def _announcing() -> re.Pattern[str]:
    data = cues()["name"]
    words = sorted((*data["sure"], *data["strong"], *data["weak"], *data["linking"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})[ \t]*(?:是|为|叫|:)?[ \t“\"]*")


@lru_cache(maxsize=1)
def _announcing_before() -> re.Pattern[str]:
    return re.compile(_announcing().pattern + "$")


@lru_cache(maxsize=1)
def _around_dot() -> re.Pattern[str]:
    return re.compile(f"({HAN}+)[·•・]({HAN}+)")


@lru_cache(maxsize=1)
def _private_after() -> re.Pattern[str]:
    return re.compile(rf"[ ,,。、;:(]*[号码手机电话微信身份证护照邮箱车牌联系方式座机卡银行:,, ]{{0,8}}{CLAIMED}")


@lru_cache(maxsize=1)
def _private_before() -> re.Pattern[str]:
    return re.compile(rf"{CLAIMED}[ ,,。、;)(]*$")


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    return re.compile(f"[{cues()['name']['foreign']}]{{{_FOREIGN_LENGTHS[0]},}}")
