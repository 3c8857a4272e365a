"""Places in a text, and the form of a text in which numbers are looked for."""

import unicodedata

Span = tuple[int, int]
"""From, up to."""

CLAIMED = "\x00"
"""What stands in a text for each character that is already known to be private."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_DOTS = dict.fromkeys(map(ord, "•・‧∙"), "·")


def folded(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, character for character, so that places stay."""
    folds = {char: unicodedata.normalize("NFKC", char) for char in set(text)}
    narrow = "".join(folds[char] if len(folds[char]) == 1 else char for char in text)
    return narrow.translate(_DASHES).translate(_DOTS)
