"""The clauses of a question that ask: in a long letter the story around them asks for nothing."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_CUES_FILE = Path(__file__).parent / "data" / "asking.toml"
_CLAUSE = re.compile(r"(?<=[?!。;])|(?<=\.)\s|[,:]")


def asking_clauses(text: str) -> tuple[str, ...]:
    """The clauses that ask, in order; the last clause if none does."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    asking = tuple(clause for clause in clauses if _interrogative().search(clause.lower()))
    return asking or tuple(clauses[-1:])


def asks(text: str) -> bool:
    """Whether anything in a text is asked."""
    return bool(_interrogative().search(text.lower()))


@lru_cache(maxsize=1)
def _interrogative() -> re.Pattern[str]:
    return re.compile("|".join(tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))["interrogative"]))
