"""Does a question lean on what was said before, or does it stand alone?

A small linear model (rag/data/dialogue.json, fitted by eval.fitting.dialogue) over the cues of
rag/data/dialogue.toml, the question's length, and how well it is understood alone.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.index.lexicon import tokenize
from rag.candidate import Candidate
from rag.confidence import Confidence, Logistic
from rag.fusion import Floats

CUES = ("pronoun", "opening", "ending", "ordinal", "back", "compare", "department", "further", "new", "other_level")
SIGNALS = (*CUES, "content", "length", "covered", "right", "dense_bank", "outside", "lexical_bank")

MAJORITY = 0.5
_LONG = 15
"""From so many tokens on a question says enough by itself; more say no more."""

_RICH = 20
"""From so many characters on that are not hollow a question has all of a topic of its own."""

_DATA_DIR = Path(__file__).parent / "data"


def signals(text: str, confidence: Confidence, candidates: Sequence[Candidate]) -> Floats:
    """The signals of one question, in the order of SIGNALS."""
    length = max(len(tokenize(text)), 1)
    first = candidates[0]
    rich = min(len(content(text)), _RICH) / _RICH
    return np.array(
        [
            *(float(shows(cue, text)) for cue in CUES),
            rich,
            min(length, _LONG) / _LONG,
            confidence.covered,
            confidence.right,
            first.features["dense_bank"],
            first.outside,
            first.features["lexical_bank"] / length,
        ]
    )


def leans(text: str, confidence: Confidence, candidates: Sequence[Candidate]) -> bool:
    """Whether a question is more likely than not to be about what was said before."""
    return _model().probability(signals(text, confidence, candidates)) >= MAJORITY


def shows(cue: str, text: str) -> bool:
    """Whether one cue of dialogue.toml shows in a question."""
    return any(pattern.search(text.lower()) for pattern in cue_patterns()[cue])


def content(text: str) -> str:
    """What is left of a question when the hollow words are taken out."""
    left = text.lower()
    for pattern in cue_patterns()["hollow"]:
        left = pattern.sub(" ", left)
    return left.strip()


@lru_cache(maxsize=1)
def cue_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The cues by name."""
    data = tomllib.loads((_DATA_DIR / "dialogue.toml").read_text(encoding="utf-8"))
    return {name: tuple(re.compile(pattern) for pattern in patterns) for name, patterns in data.items()}


@lru_cache(maxsize=1)
def _model() -> Logistic:
    return Logistic.read(json.loads((_DATA_DIR / "dialogue.json").read_text(encoding="utf-8"))["leans"])
