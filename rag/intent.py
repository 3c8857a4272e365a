"""What the asker wants: a small linear model over the form of a question, its cues and its character sequences.

The cues are data (rag/data/cues.toml), the weights are learned (eval.fitting.intent) and kept as data with their
provenance; both can be read.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import get_args

import numpy as np

from rag.answer import Intent
from rag.fusion import Floats
from rag.linear import LinearModel

INTENTS: tuple[Intent, ...] = tuple(intent for intent in get_args(Intent) if intent != "other_place")
"""What the form of a question can tell; whether another place is meant is read from its words (rag.place)."""

MAJORITY = 0.5
"""Below this probability an intent is not acted on: the question is taken for an ordinary one."""

_FULL_LENGTH = 60
_DATA_DIR = Path(__file__).parent / "data"


def cues(form: str) -> Floats:
    """1 for each cue that shows in the form, and its length, up to 1."""
    found = [float(bool(pattern.search(form))) for pattern in _cue_patterns().values()]
    return np.array([*found, min(len(form), _FULL_LENGTH) / _FULL_LENGTH])


def cue_names() -> tuple[str, ...]:
    """The names of what ``cues`` returns."""
    return (*_cue_patterns(), "length")


def recognise(form: str) -> Intent:
    """The intent that the form of a question shows, if it shows one clearly."""
    probabilities = intents(form)
    likely = max(probabilities, key=lambda intent: probabilities[intent])
    return likely if probabilities[likely] >= MAJORITY else "which_office"


def shows(cue: str, form: str) -> bool:
    """Whether one cue shows in the form."""
    return bool(_cue_patterns()[cue].search(form))


def intents(form: str) -> dict[Intent, float]:
    """The probability of each intent, given the form of a question."""
    found = _model().probabilities(cues(form), form)
    return {intent: found[intent] for intent in INTENTS}


@lru_cache(maxsize=1)
def _model() -> LinearModel:
    return LinearModel.read(_DATA_DIR / "intent.json", cue_names())


@lru_cache(maxsize=1)
def _cue_patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((_DATA_DIR / "cues.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data.items()}
