"""Brackets of every shape: （） () 〔〕 [] 【】, nested in each other."""

from collections.abc import Iterator

_CLOSING = {"(": ")）", "（": ")）", "〔": "〕", "[": "]］", "［": "]］", "【": "】"}
_ANY_CLOSING = frozenset("".join(_CLOSING.values()))


def outer_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost brackets begin and end: [start, end) with the brackets; one that is not closed is none."""
    open_at: list[tuple[int, str]] = []
    for place, char in enumerate(text):
        if char in _CLOSING:
            open_at.append((place, _CLOSING[char]))
        elif char in _ANY_CLOSING and (depth := _depth_of(char, open_at)) is not None:
            start = open_at[depth][0]
            del open_at[depth:]
            if not open_at:
                yield start, place + 1


def split_outside(text: str, separators: str) -> list[str]:
    """``text`` split at any of the separators that stands in no bracket."""
    parts = [""]
    depth = 0
    for char in text:
        depth += (char in _CLOSING) - (char in _ANY_CLOSING and depth > 0)
        if depth == 0 and char in separators:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def is_balanced(text: str) -> bool:
    """Whether every bracket in ``text`` is closed, and none is closed that was not opened."""
    depth = 0
    for char in text:
        depth += (char in _CLOSING) - (char in _ANY_CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _depth_of(closing: str, open_at: list[tuple[int, str]]) -> int | None:
    # Notices mix the shapes now and then; a bracket closes the nearest one that its shape fits.
    for depth in range(len(open_at) - 1, max(-1, len(open_at) - _NESTED - 1), -1):
        if closing in open_at[depth][1]:
            return depth
    return None


_NESTED = 8
"""No notice nests deeper; text made to be hostile does."""
