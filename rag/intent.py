"""What the asker wants: a small linear model over the form of a question, its cues and its character sequences.

The cues are data (rag/data/cues.toml), the weights are learned (eval.fit_intent) and kept as data with their
provenance; both can be read.
"""

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

import numpy as np

from rag.answer import Intent
from rag.fusion import Floats

INTENTS: tuple[Intent, ...] = tuple(intent for intent in get_args(Intent) if intent != "other_place")
"""What the form of a question can tell; whether another place is meant is read from its words (rag.place)."""

MAJORITY = 0.5
"""Below this probability an intent is not acted on: the question is taken for an ordinary one."""

LONGEST_SEQUENCE = 3
_FULL_LENGTH = 60
_DATA_DIR = Path(__file__).parent / "data"


def cues(form: str) -> Floats:
    """1 for each cue that shows in the form, and its length, up to 1."""
    found = [float(bool(pattern.search(form))) for pattern in _cue_patterns().values()]
    return np.array([*found, min(len(form), _FULL_LENGTH) / _FULL_LENGTH])


def cue_names() -> tuple[str, ...]:
    """The names of what ``cues`` returns."""
    return (*_cue_patterns(), "length")


def sequences(form: str) -> Counter[str]:
    """Character sequences of one to three characters."""
    return Counter(
        form[at : at + length] for length in range(1, LONGEST_SEQUENCE + 1) for at in range(len(form) - length + 1)
    )


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
    model = _model()
    scores = model.bias + cues(form) @ model.cue_weights
    found = {
        sequence: (1 + math.log(count)) * model.rarity[sequence]
        for sequence, count in sequences(form).items()
        if sequence in model.rarity
    }
    if found:
        length = math.sqrt(sum(value * value for value in found.values()))
        scores = scores + sum(value / length * model.sequence_weights[sequence] for sequence, value in found.items())
    odds = np.exp(scores - scores.max())
    return dict(zip(INTENTS, (odds / odds.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights by intent (columns as in INTENTS). ``rarity`` is a sequence's inverse document frequency."""

    bias: Floats
    cue_weights: Floats
    rarity: Mapping[str, float]
    sequence_weights: Mapping[str, Floats]


@lru_cache(maxsize=1)
def _model() -> _Model:
    data = json.loads((_DATA_DIR / "intent.json").read_text(encoding="utf-8"))
    return _Model(
        bias=np.array(data["bias"]),
        cue_weights=np.array([data["cues"][name] for name in cue_names()]),
        rarity={sequence: rarity for sequence, (rarity, _) in data["sequences"].items()},
        sequence_weights={sequence: np.array(weights) for sequence, (_, weights) in data["sequences"].items()},
    )


@lru_cache(maxsize=1)
def _cue_patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads((_DATA_DIR / "cues.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data.items()}
