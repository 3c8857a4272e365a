"""Full names anywhere in a text: surname and given name, told from ordinary words by a small linear model.

The model (rag/data/names.json, fitted by eval.fit_names) weighs the form of the name, the dictionary's words that it
would cut, and the characters around it.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from rag.fusion import Floats
from rag.linear import LinearModel
from rag.privacy.cues import cues
from rag.privacy.span import CLAIMED, Span
from rag.privacy.surname import HAN, count, in_dictionary, is_han, surname
from rag.privacy.tagging import tagged_names

Form = Literal["surname", "given", "latin"]
FORMS: tuple[Form, ...] = get_args(Form)
LABELS = ("name", "other")
SIGNALS = (
    "cuts a word of 2",
    "cuts a word of 3",
    "is a word of 2",
    "is a word of 3",
    "is a word of 4",
    "a word begins inside and ends outside",
    "a word begins after it",
    "characters of given names",
    "three characters",
    "transliterated",
    "surname of two characters",
    "surname is also a common word",
    "rank of the surname",
    "sure cue",
    "strong cue",
    "weak cue",
    "linking word",
    "private data follows",
    "private data precedes",
    "begins a clause",
    "ends a clause",
    "written with a dot",
    "Latin letters",
    "words in Latin letters",
    "Latin capitals only",
    "announced, without surname",
    "tagged as a name",
    "begins as a tagged name does",
)
_MODEL_FILE = Path(__file__).parent.parent / "data" / "names.json"
_BEFORE, _AFTER = 3, 3
_NEAR = 10
_RANKS = 100
_FOREIGN_LENGTHS = (3, 4, 5)
_ANNOUNCED_LENGTHS = (1, 2, 3, 4)
_LONGEST_PART = 6
_LATIN = re.compile(
    r"(?<![^\W_一-鿿])[^\W\d_a-z一-鿿]['’]?[^\W\d_一-鿿][^\W\d_一-鿿'’-]*"
    r"(?:[ -][^\W\d_a-z一-鿿][^\W\d_一-鿿'’-]*\.?){0,3}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Possible:
    """Characters that may be a name, from ``start`` up to ``end``; ``given`` is where the given name begins."""

    start: int
    given: int
    end: int


def full_names(text: str) -> Iterator[Span]:
    """The names in a text whose private data other than names is already claimed; the likelier of two that overlap."""
    thresholds = _model_and_thresholds()[1]
    scored = ((probability(text, each), each) for each in possible_names(text) if not _is_plain(text, each))
    likely = [(score, each) for score, each in scored if score >= thresholds[form(text, each)]]
    # Rather a character too many than one of a name left.
    longest = {each.start: each.end for _, each in sorted(likely, key=lambda pair: pair[1].end)}
    taken: set[int] = set()
    for _, each in sorted(likely, key=lambda pair: -pair[0]):
        if not taken & set(range(each.start, each.end)):
            end = longest[each.start]
            taken |= set(range(each.start, end))
            yield each.start, end


def possible_names(text: str) -> Iterator[Possible]:
    """Every surname with one or two characters after it, and every run that may be a name without surname."""
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
            yield Possible(start, given, end)
    without_surname = {*_transliterated(text), *_announced(text), *_dotted(text), *_latin(text)}
    yield from (Possible(start, start, end) for start, end in sorted(without_surname))


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
            if not is_han(text, start + length - 1) or text[start + length - 1] in cues()["name"]["stop"]:
                break
            if length > 1:
                yield start, start + length


def _dotted(text: str) -> Iterator[Span]:
    """艾力·吐尔逊, wherever in the characters around the dot it begins and ends."""
    for match in _around_dot().finditer(text):
        before, after = len(match[1]), len(match[2])
        for start in range(max(0, before - _LONGEST_PART), before):
            for end in range(1, min(after, _LONGEST_PART) + 1):
                yield match.start(1) + start, match.start(2) + end


def _latin(text: str) -> Iterator[Span]:
    """Maria Gonzalez, or a single word with a capital where a name is announced or private data is beside it."""
    for match in _LATIN.finditer(text):
        start, end = match.span()
        near = text[max(0, start - _NEAR) : start]
        beside = (
            _announcing_before().search(near) or _private_before().search(near) or _private_after().match(text, end)
        )
        if " " in match[0] or beside:
            yield start, end


def probability(text: str, possible: Possible) -> float:
    """How likely it is a name."""
    model, _ = _model_and_thresholds()
    return model.probabilities(signals(text, possible), context(text, possible))[LABELS[0]]


def form(text: str, possible: Possible) -> Form:
    """How it is written; each form has a threshold of its own."""
    if not is_han(text, possible.start):
        return "latin"
    return "given" if possible.given == possible.start else "surname"


def context(text: str, possible: Possible) -> str:
    """The characters around, with the first of the name, as the model reads them."""
    before = text[max(0, possible.start - _BEFORE) : possible.start]
    after = text[possible.end : possible.end + _AFTER]
    return f"{_plain(before)}<{text[possible.start]}>{_plain(after)}"


def signals(text: str, possible: Possible) -> Floats:
    """The values of SIGNALS."""
    start, given, end = possible.start, possible.given, possible.end
    data = cues()["name"]
    name, near = text[start:end], text[max(0, start - _NEAR) : start]
    tagged = tagged_names(text)
    rank = data["surnames"].find(text[start])
    crossing = max(_weight(text[at : at + 2]) for at in range(end - 1, end))
    return np.array(
        [
            _weight(text[max(0, start - 1) : start + 1]),
            max(_weight(text[max(0, start - size) : start - size + 3]) for size in (1, 2)),
            _weight(text[start : start + 2]),
            _weight(text[start : start + 3]),
            _weight(text[start : start + 4]),
            max(
                crossing, _weight(text[end - 1 : end + 2]), _weight(text[end - 2 : end + 1]) if end - 2 > start else 0.0
            ),
            max(_weight(text[end : end + 2]), _weight(text[end : end + 3])),
            sum(char in data["given"] for char in name[given - start :]) / max(end - given, 1),
            float(end - start == 3),
            float(given == start),
            float(given - start == 2),
            float(text[start] in data["ambiguous"]),
            min(rank, _RANKS) / _RANKS if rank >= 0 else 1.0,
            float(_cue("sure").search(near) is not None),
            float(_cue("strong").search(near) is not None),
            float(_cue("weak").search(near) is not None),
            float(_cue("linking").search(near) is not None),
            float(_private_after().match(text, end) is not None),
            float(_private_before().search(text[max(0, start - _NEAR) : start]) is not None),
            float(not is_han(text, start - 1) if start else True),
            float(not is_han(text, end)),
            float("·" in name),
            float(not is_han(name, 0)),
            float(name.count(" ")) if not is_han(name, 0) else 0.0,
            float(name.isupper()),
            float(given == start and _announcing_before().search(near) is not None),
            float((start, end) in tagged),
            float(any(start == begin for begin, _ in tagged)),
        ]
    )


def _is_plain(text: str, possible: Possible) -> bool:
    """Whether it is, or cuts, a dictionary word, and nothing around announces a name."""
    start, end = possible.start, possible.end
    words = (text[start:end], text[start : end + 1], text[end - 1 : end + 1], text[start - 1 : start + 1])
    if not any(map(in_dictionary, words)):
        return False
    near = text[max(0, start - _NEAR) : start]
    announced = any(_cue(strength).search(near) for strength in ("sure", "strong", "weak"))
    return not (announced or _private_after().match(text, end) or _private_before().search(near))


def _weight(word: str) -> float:
    return math.log1p(count(word)) if len(word) > 1 else 0.0


def _plain(text: str) -> str:
    """Digits and what is claimed stand for themselves, whichever they are."""
    return re.sub(r"\d", "0", text.replace(CLAIMED, "@"))


@lru_cache(maxsize=1)
def _model_and_thresholds() -> tuple[LinearModel, dict[Form, float]]:
    thresholds: dict[Form, float] = json.loads(_MODEL_FILE.read_text(encoding="utf-8"))["thresholds"]
    return LinearModel.read(_MODEL_FILE, SIGNALS), thresholds


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


@lru_cache(maxsize=4)
def _cue(strength: str) -> re.Pattern[str]:
    words = "|".join(sorted(cues()["name"][strength], key=len, reverse=True))
    return re.compile(rf"(?:{words})[ \t]*(?:是|为|叫|:)?[ \t“\"]*$")


@lru_cache(maxsize=1)
def _private_after() -> re.Pattern[str]:
    return re.compile(rf"[ ,,。、;:(]*[号码手机电话微信身份证护照邮箱车牌联系方式座机卡银行:,, ]{{0,8}}{CLAIMED}")


@lru_cache(maxsize=1)
def _private_before() -> re.Pattern[str]:
    return re.compile(rf"{CLAIMED}[ ,,。、;)(]*$")


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    return re.compile(f"[{cues()['name']['foreign']}]{{{_FOREIGN_LENGTHS[0]},}}")
