"""The verdict on a question: the notice answers it, has its topic but not what is asked, or does not deal with it.

One inspectable linear model (rag/data/verdict.json, fitted by eval.fitting.verdict): signals of retrieval, the kinds of
detail asked for and not stated, and the words of the clauses that ask. Similarity alone cannot tell these apart.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from rag.asking import asking_clauses
from rag.candidate import Candidate
from rag.confidence import MAJORITY, Confidence, language_group
from rag.confidence import SIGNALS as RETRIEVAL_SIGNALS
from rag.confidence import signals as retrieval_signals
from rag.detail import asked_details, detail_ids, missing_details
from rag.fusion import Floats
from rag.linear import LinearModel
from rag.question import Question

Verdict = Literal["answered", "partial", "outside"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

HINTED, CERTAIN = 0.25, 0.8
"""Shares of “partial” against “answered” from which on an answer is called half (how they were set: docs/eval.md)."""

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
    """Signals of retrieval, and those of ``detail_signals`` against the first candidate's text.

    Of a notice without a question bank retrieval says nothing here (rag.confidence has models of its own for it).
    """
    first = candidates[0]
    retrieved = retrieval_signals(question, candidates) if first.has_bank else _model().mean[: len(RETRIEVAL_SIGNALS)]
    return np.concatenate([retrieved, detail_signals(question, first.source.text)])


def detail_signals(question: Question, text: str) -> Floats:
    """One signal for each kind of detail that is asked, one for each that ``text`` does not state, and the length."""
    asked = {detail.id for detail in asked_details(question.text)}
    missing = {detail.id for detail in missing_details(question.text, text)}
    return np.array(
        [
            *(float(name in asked) for name in detail_ids()),
            *(float(name in missing) for name in detail_ids()),
            min(len(question.text), _FULL_LENGTH) / _FULL_LENGTH,
        ]
    )


def words(question: Question) -> str:
    """What the model reads of the question's words: the clauses that ask."""
    return " | ".join(asking_clauses(question.text))


def verdict(question: Question, candidates: Sequence[Candidate], confidence: Confidence) -> Verdict:
    """The verdict on a question. Needs at least one candidate.

    That the corpus does not deal with it is said where the model and the retrieval signals alone (rag.confidence) agree
    on the whole.
    """
    # Typed in pinyin, a question has no words to be read.
    if language_group(question) == "pinyin":
        return "answered" if confidence.is_covered else "outside"
    doubts = [1.0 - confidence.covered]
    # The model read its words with a bank beside them; of a notice without one the signals decide alone.
    if candidates[0].has_bank:
        doubts.append(outside_probability(question, candidates))
    if sum(doubts) / len(doubts) >= MAJORITY:
        return "outside"
    return stated(question, candidates)


def stated(question: Question, candidates: Sequence[Candidate]) -> Verdict:
    """Whether the first candidate states what is asked, or has only the topic.

    Where a known kind of detail is missing, a hint of the model is enough to call an answer half; where none is, it has
    to be certain, and of a notice without a bank it never is.
    """
    found = _probabilities(question, candidates)
    share = found["partial"] / (found["partial"] + found["answered"])
    is_known = bool(missing_details(question.text, candidates[0].source.text))
    if not is_known and not candidates[0].has_bank:
        return "answered"
    return "partial" if share > (HINTED if is_known else CERTAIN) else "answered"


def outside_probability(question: Question, candidates: Sequence[Candidate]) -> float:
    """How likely it is, by words and signals, that the corpus does not deal with a question."""
    return _probabilities(question, candidates)["outside"]


def _probabilities(question: Question, candidates: Sequence[Candidate]) -> dict[str, float]:
    return _model().probabilities(signals(question, candidates), words(question))


@lru_cache(maxsize=1)
def _model() -> LinearModel:
    return LinearModel.read(_MODEL_FILE, signal_names())
