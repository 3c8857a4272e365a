"""How alike two texts are, by the pairs of characters that they share; punctuation and width of characters aside."""

import unicodedata
from itertools import pairwise


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of two texts' bigrams, 0..1; nothing is like an empty text."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; of a single character, itself."""
    plain = plain_text(text)
    return frozenset(map("".join, pairwise(plain))) or frozenset(filter(None, (plain,)))


def plain_text(text: str) -> str:
    """Letters, numerals and characters only, in half width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
