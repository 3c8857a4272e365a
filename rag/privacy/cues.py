"""The words and characters by which personal data is recognised, from rag/data/privacy.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA_FILE = Path(__file__).parent.parent / "data" / "privacy.toml"
_NEAR = 14
"""How many characters before a number may say what it is."""


@lru_cache(maxsize=1)
def cues() -> dict[str, Any]:
    """The whole data file."""
    return tomllib.loads(_DATA_FILE.read_text(encoding="utf-8"))


def before(text: str, start: int) -> str:
    """What stands shortly before ``start``, in the same sentence."""
    near = text[max(0, start - _NEAR) : start].lower()
    for mark in "。;!?\n":
        near = near.rpartition(mark)[2]
    return near
