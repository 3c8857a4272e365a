"""The verdict on a question: the notice answers it, has its topic but not what is asked, or does not deal with it.

One inspectable linear model (rag/data/verdict.json, fitted by eval.fit_verdict): signals of retrieval, the kinds of
detail asked for and not stated, and the words of the clauses that ask. Similarity alone cannot tell these apart.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from rag.asking import asking_clauses
from rag.candidate import Candidate
from rag.confidence import SIGNALS as RETRIEVAL_SIGNALS
from rag.confidence import signals as retrieval_signals
from rag.detail import asked_details, detail_ids, missing_details
from rag.fusion import Floats
from rag.linear import LinearModel
from rag.question import Question

Verdict = Literal["answered", "partial", "outside"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_FULL_LENGTH = 200
_MODEL_FILE = Path(__file__).parent / "data" / "verdict.json"


def signal_names() -> tuple[str, ...]:
    """The names of what ``signals`` returns."""
    details = detail_ids()
    return (
        *RETRIEVAL_SIGNALS,
        *(f"asks {name}" for name in details),
        *(f"lacks {name}" for name in details),
        "length",
    )


def signals(question: Question, candidates: Sequence[Candidate]) -> Floats:
    """Signals of retrieval, one for each kind of detail that is asked, one for each that is missing, and the length."""
    asked = {detail.id for detail in asked_details(question.text)}
    missing = {detail.id for detail in missing_details(question.text, candidates[0].source.text)}
    return np.array(
        [
            *retrieval_signals(question, candidates),
            *(float(name in asked) for name in detail_ids()),
            *(float(name in missing) for name in detail_ids()),
            min(len(question.text), _FULL_LENGTH) / _FULL_LENGTH,
        ]
    )


def words(question: Question) -> str:
    """What the model reads of the question's words: the clauses that ask."""
    return " | ".join(asking_clauses(question.text))


def verdicts(question: Question, candidates: Sequence[Candidate]) -> dict[str, float]:
    """The probability of each verdict. Needs at least one candidate."""
    return _model().probabilities(signals(question, candidates), words(question))


@lru_cache(maxsize=1)
def _model() -> LinearModel:
    return LinearModel.read(_MODEL_FILE, signal_names())
