"""What was told around a question joins it in the search and in the verdict: “这个地方在哪” alone says too little.

Weights and verdicts (rag/data/told.json) are fitted by eval.fitting.told on demands in the training tickets.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from rag.blending import blend
from rag.candidate import Candidate
from rag.confidence import MAJORITY, Confidence, Logistic, is_ambiguous, judge
from rag.fusion import Floats
from rag.question import Question
from rag.verdict import outside_probability

SIGNALS = ("covered", "covered in context", "outside", "outside in context", "right", "right in context")
"""In log odds: what the verdicts say of the question alone, and of what was told around it."""

CLEAR = 0.8
"""So sure of topic and source, a question is rarely corrected by its context (docs/eval.md)."""

_MODEL_FILE = Path(__file__).parent / "data" / "told.json"
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Heard:
    """A question, or what was told around it, with the candidates it leads to by itself."""

    question: Question
    candidates: tuple[Candidate, ...]

    @property
    def is_clear(self) -> bool:
        """Whether it says enough by itself: what was told around it would not change the first candidate."""
        confidence = judge(self.question, self.candidates)
        return min(confidence.covered, confidence.right) >= CLEAR


def blended(rankings: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """One ranking from that of the question and those of what was told, the nearest first."""
    return blend(rankings, _model().weights)


def judge_told(alone: Heard, in_context: Heard, ranking: Sequence[Candidate]) -> Confidence:
    """The verdicts on a ``ranking`` that was blended."""
    found, model = signals(alone, in_context), _model()
    covered = model.covered.probability(found)
    return Confidence(
        covered=covered,
        right=model.right.probability(found),
        is_covered=covered >= MAJORITY,
        is_ambiguous=is_ambiguous(ranking),
    )


def signals(alone: Heard, in_context: Heard) -> Floats:
    """The values of SIGNALS."""
    judged = [judge(heard.question, heard.candidates) for heard in (alone, in_context)]
    outside = [outside_probability(heard.question, heard.candidates) for heard in (alone, in_context)]
    found = (*(each.covered for each in judged), *outside, *(each.right for each in judged))
    return np.array([math.log((value + _LEAST) / (1.0 - value + _LEAST)) for value in found])


@dataclass(frozen=True, slots=True)
class _Model:
    weights: tuple[float, ...]
    covered: Logistic
    right: Logistic


@lru_cache(maxsize=1)
def _model() -> _Model:
    data = json.loads(_MODEL_FILE.read_text(encoding="utf-8"))
    return _Model(tuple(data["weights"]), Logistic.read(data["covered"]), Logistic.read(data["right"]))
