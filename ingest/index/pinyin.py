"""How a text sounds: toneless pinyin syllables, so that homophone typos and questions typed in pinyin still match."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

_RUN = re.compile(r"[㐀-鿿]+|[a-z]+")
_LONGEST_SYLLABLE = 6


def tokenize_sound(text: str) -> list[str]:
    """Bigrams of syllables within each run of Chinese characters or of pinyin; other Latin words carry no sound."""
    runs: list[list[str]] = [[]]
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            # Pinyin is typed with or without blanks, so consecutive pinyin words are one run.
            if spelled := split_pinyin(run):
                runs[-1] += spelled
            else:
                runs.append([])
        else:
            runs += [lazy_pinyin(run, errors="ignore"), []]
    return [f"{first} {second}" for syllables in runs for first, second in pairwise(syllables)]


def is_pinyin(text: str) -> bool:
    """True if ``text`` has no Chinese character and all its words, at least four syllables, can be read as pinyin."""
    runs = _RUN.findall(unicodedata.normalize("NFKC", text).lower())
    spelled = [split_pinyin(run) if run.isascii() else () for run in runs]
    return all(spelled) and sum(map(len, spelled)) >= 4


@lru_cache(maxsize=4096)
def split_pinyin(word: str) -> tuple[str, ...]:
    """The syllables of a word in pinyin, fewest first found longest; empty if it cannot be read as pinyin."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            head = best[start]
            if head is not None and word[start:end] in _syllables():
                candidate = (*head, word[start:end])
                if best[end] is None or len(candidate) < len(best[end] or ()):
                    best[end] = candidate
    return best[len(word)] or ()


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    readings = {to_normal(reading) for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    # One letter alone (o, m, n) is a reading of some character, but splits Latin words that are no pinyin.
    return frozenset(reading for reading in readings if reading.isascii() and 2 <= len(reading) <= _LONGEST_SYLLABLE)
