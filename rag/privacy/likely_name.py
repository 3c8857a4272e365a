"""Names of persons, told from ordinary words by a small linear model.

The model (rag/data/names.json, fitted by eval.fitting.names) weighs the form of the name, what the lexical analyser and
the dictionary see there, and the characters around it.
"""

import json
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.fusion import Floats
from rag.linear import LinearModel
from rag.privacy.cues import cues
from rag.privacy.possible_name import (
    NEAR,
    Possible,
    is_announced,
    possible_names,
    private_after,
    private_before,
)
from rag.privacy.span import CLAIMED, Span
from rag.privacy.surname import count, in_dictionary, is_han
from rag.privacy.tagging import ORGANISATION, PERSON, PLACE, Tags, tags_of
from rag.privacy.title import address_at, clearly_addressed, is_familiar

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
    "surname alone",
    "without surname",
    "surname of two characters",
    "surname is also a common word",
    "surname is also a thing",
    "rank of the surname",
    "no surname known",
    "sure cue",
    "strong cue",
    "weak cue",
    "linking word",
    "announced, without surname",
    "private data follows",
    "private data precedes",
    "begins a clause",
    "ends a clause",
    "written with a dot",
    "Latin letters",
    "words in Latin letters",
    "Latin capitals only",
    "form of address follows",
    "form of address of any person follows",
    "小 or 老 before",
    "clearly addressed",
    "tagged as a name",
    "begins as a tagged name does",
    "ends as a tagged name does",
    "inside a tagged name",
    "begins with a tagged word",
    "ends with a tagged word",
    "tagged as one ordinary word",
    "probably begins a tagged name",
    "probably goes on as a tagged name",
    "probably ends as a tagged name",
    "probably a tagged name",
    "least probable character of a tagged name",
    "a word probably begins with it",
    "a word probably begins after it",
    "share of a tagged place or organisation",
)
_MODEL_FILE = Path(__file__).parent.parent / "data" / "names.json"
_BEFORE, _AFTER = 3, 3
_RANKS = 100
_MORE_LIKELY_THAN_NOT = 0.5
_UNTAGGED = 0.05
"""Dictionary words that are so unlikely tagged as names are no names."""
_LEAST = 1e-4
"""Probabilities nearer to 0 or 1 than this count the same."""


def likely_names(text: str) -> Iterator[Span]:
    """The names in a text whose private data other than names is already claimed. Likely ones may overlap."""
    threshold = _model_and_threshold()[1]
    scored = ((probability(text, each), each) for each in possible_names(text) if not is_plain(text, each))
    taken: set[int] = set()
    for score, each in sorted(scored, key=lambda pair: -pair[0]):
        if score < threshold:
            break
        # Rather a character too many than one of a name left.
        if score >= _MORE_LIKELY_THAN_NOT or not taken & set(range(each.start, each.end)):
            taken |= set(range(each.start, each.end))
            yield each.start, each.end


def probability(text: str, possible: Possible) -> float:
    """How likely it is a name."""
    model, _ = _model_and_threshold()
    return model.probabilities(signals(text, possible), context(text, possible))[LABELS[0]]


def is_plain(text: str, possible: Possible) -> bool:
    """Whether it is, or cuts, a dictionary word, and nothing around announces a name."""
    start, end = possible.start, possible.end
    words = (text[start:end], text[start : end + 1], text[end - 1 : end + 1], text[start - 1 : start + 1])
    is_addressed = address_at(text, end) or is_familiar(text, start)
    if not any(map(in_dictionary, words)) or is_addressed or tags_of(text).person_begins[start] >= _UNTAGGED:
        return False
    near = text[max(0, start - NEAR) : start]
    announced = any(_cue(strength).search(near) for strength in ("sure", "strong", "weak"))
    return not (announced or private_after(text, end) or private_before(text, start))


def context(text: str, possible: Possible) -> str:
    """The characters around, with the first of the name, as the model reads them."""
    before = text[max(0, possible.start - _BEFORE) : possible.start]
    after = text[possible.end : possible.end + _AFTER]
    return f"{_plain(before)}<{text[possible.start]}>{_plain(after)}"


def signals(text: str, possible: Possible) -> Floats:
    """The values of SIGNALS."""
    found = (*_spelling(text, possible), *_surroundings(text, possible), *_tags(text, possible))
    return np.array(found, dtype=float)


def _spelling(text: str, possible: Possible) -> Iterator[float]:
    """Dictionary words where the name would be, and the characters that it is made of."""
    start, given, end, data = possible.start, possible.given, possible.end, cues()["name"]
    yield _weight(text[max(0, start - 1) : start + 1])
    yield max(_weight(text[max(0, start - size) : start - size + 3]) for size in (1, 2))
    yield from (_weight(text[start : start + size]) for size in (2, 3, 4))
    outside = (text[end - 1 : end + 1], text[end - 1 : end + 2], text[end - 2 : end + 1] if end - 2 > start else "")
    yield max(map(_weight, outside))
    yield max(_weight(text[end : end + 2]), _weight(text[end : end + 3]))
    yield sum(char in data["given"] for char in text[given:end]) / max(end - given, 1)
    yield end - start == 3
    yield given == end
    yield given == start
    yield given - start == 2
    yield text[start] in data["ambiguous"]
    yield text[start] in data["things"]
    rank = data["surnames"].find(text[start])
    yield min(rank, _RANKS) / _RANKS if rank >= 0 else 1.0
    yield rank < 0


def _surroundings(text: str, possible: Possible) -> Iterator[float]:
    """What stands before and after."""
    start, end = possible.start, possible.end
    name, near, is_latin = text[start:end], text[max(0, start - NEAR) : start], not is_han(text, start)
    yield from (_cue(strength).search(near) is not None for strength in ("sure", "strong", "weak", "linking"))
    yield possible.given == start and is_announced(text, start)
    yield private_after(text, end)
    yield private_before(text, start)
    yield not (start and is_han(text, start - 1))
    yield not is_han(text, end)
    yield "·" in name
    yield is_latin
    yield name.count(" ") if is_latin else 0.0
    yield name.isupper()
    address = address_at(text, end)
    yield bool(address)
    yield address in cues()["name"]["personal"]
    yield is_familiar(text, start)
    yield (start, end) in clearly_addressed(text)


def _tags(text: str, possible: Possible) -> Iterator[float]:
    """What the lexical analyser makes of it."""
    start, end = possible.start, possible.end
    touching = [word for word in tags_of(text).words if word.start < end and word.end > start]
    first, last = touching[0], touching[-1]
    is_one = first is last and (first.start, first.end) == (start, end)
    yield is_one and first.kind == PERSON
    yield first.kind == PERSON and first.start == start
    yield last.kind == PERSON and last.end == end
    yield first is last and first.kind == PERSON
    yield first.start == start
    yield last.end == end
    yield is_one and first.kind not in (PERSON, PLACE, ORGANISATION)
    yield from _probabilities(tags_of(text), start, end)


def _probabilities(tags: Tags, start: int, end: int) -> Iterator[float]:
    """How sure the lexical analyser is, in log odds."""
    begins = float(tags.person_begins[start])
    goes_on = float(tags.person_goes_on[start + 1 : end].min(initial=1.0))
    ends = 1.0 - float(tags.person_goes_on[end]) if end < len(tags.begins) else 1.0
    person = tags.person_begins + tags.person_goes_on
    yield from map(_log_odds, (begins, goes_on, ends, begins * goes_on * ends, float(person[start:end].min())))
    yield _log_odds(float(tags.begins[start]))
    yield _log_odds(float(tags.begins[end]) if end < len(tags.begins) else 1.0)
    yield float(tags.placed[start:end].mean())


def _log_odds(probability: float) -> float:
    return math.log((probability + _LEAST) / (1.0 - probability + _LEAST))


def _weight(word: str) -> float:
    return math.log1p(count(word)) if len(word) > 1 else 0.0


def _plain(text: str) -> str:
    """Digits and what is claimed stand for themselves, whichever they are."""
    return re.sub(r"\d", "0", text.replace(CLAIMED, "@"))


@lru_cache(maxsize=1)
def _model_and_threshold() -> tuple[LinearModel, float]:
    threshold: float = json.loads(_MODEL_FILE.read_text(encoding="utf-8"))["threshold"]
    return LinearModel.read(_MODEL_FILE, SIGNALS), threshold


@lru_cache(maxsize=4)
def _cue(strength: str) -> re.Pattern[str]:
    words = "|".join(sorted(cues()["name"][strength], key=len, reverse=True))
    return re.compile(rf"(?:{words})[ \t]*(?:是|为|叫|:)?[ \t“\"]*$")
