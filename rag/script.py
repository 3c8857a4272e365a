"""Chinese script: Simplified and Traditional."""

from functools import cache

import opencc


@cache
def _converter(direction: str) -> opencc.OpenCC:
    return opencc.OpenCC(direction)


def to_simplified(text: str) -> str:
    """``text`` in Simplified characters."""
    converted: str = _converter("t2s").convert(text)
    return converted


def to_traditional(text: str) -> str:
    """``text`` in Traditional characters."""
    converted: str = _converter("s2t").convert(text)
    return converted
