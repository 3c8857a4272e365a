"""The cues of questions for lists and counts (rag/data/listing.toml)."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_CUES_FILE = Path(__file__).parent / "data" / "listing.toml"


def says(cue: str, text: str) -> bool:
    """Whether one cue shows in a text in lower case."""
    return any(pattern.search(text) for pattern in patterns(cue))


def patterns(cue: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one cue."""
    return _cues()[cue]


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[re.Pattern[str], ...]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {name: tuple(re.compile(pattern) for pattern in patterns) for name, patterns in data.items()}
