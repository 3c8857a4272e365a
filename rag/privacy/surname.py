"""Where a name may begin, and whether the dictionary has an ordinary word there instead."""

import re
from functools import lru_cache

import jieba

from rag.privacy.cues import cues

HAN = "[一-鿿]"
_RARE = 3
"""Entries of the dictionary counted so seldom are often names themselves."""
_LONGEST_WORD = 4


@lru_cache(maxsize=1)
def surname() -> re.Pattern[str]:
    """A surname, of two characters where there is one."""
    data = cues()["name"]
    return re.compile(f"(?:{'|'.join(data['compound'])}|[{data['surnames']}])")


def is_han(text: str, at: int) -> bool:
    """Whether a Chinese character stands at ``at``."""
    return "一" <= text[at : at + 1] <= "鿿"


def begins_word(text: str, start: int) -> bool:
    """Whether a dictionary word begins here: 高兴, 马上, 养老院."""
    return any(in_dictionary(text[start : start + size]) for size in range(2, _LONGEST_WORD + 1))


def ends_word(text: str, at: int) -> bool:
    """Whether the character at ``at`` ends a dictionary word: 班主任(老师)."""
    return any(in_dictionary(text[at - size : at + 1]) for size in (1, 2) if at >= size)


def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary has the word, and not as a name that somebody once bore."""
    return len(word) > 1 and count(word) > _RARE and not _tags().get(word, "").startswith("nr")


def count(word: str) -> int:
    """How often jieba's dictionary counts the word; 0 for none."""
    jieba.initialize()
    return jieba.dt.FREQ.get(word) or 0


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    """Parts of speech of the dictionary's words."""
    import jieba.posseg

    jieba.posseg.dt.initialize()
    tags: dict[str, str] = jieba.posseg.dt.word_tag_tab
    return tags
