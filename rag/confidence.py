"""The first two verdicts: is it our business at all, and is the first candidate the right one.

Similarity alone cannot say no, so each verdict is a logistic model over several signals, fitted on a training
split (eval.fitting.weights) and kept as data with its provenance.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from ingest.index.pinyin import is_pinyin
from rag.candidate import Candidate
from rag.fusion import Floats
from rag.question import Question

LanguageGroup = Literal["chinese", "pinyin", "foreign"]

COSINES = ("dense_text", "dense_sentence", "dense_bank")
BM25_SCORES = ("lexical_text", "lexical_bank", "sound_text", "sound_bank")
SIGNALS = ("fused", "margin", *COSINES, *BM25_SCORES, "outside")
"""Fused score of the first candidate, its lead over the second, its cosines, its BM25 scores by question length, and
how near the nearest questions are that the corpus does not deal with."""

BANKLESS_COSINES = ("dense_text", "dense_sentence", "dense_title")
BANKLESS_SIGNALS = (*BANKLESS_COSINES, "lexical_text", "sound_text", "share", "outside")
"""The signals of a notice without a question bank: cosines of the first candidate, its BM25 scores by question length,
its share among the first few, and how near the questions are that other notices do not deal with. Fused scores are on
no common scale there: they grow with the number of sources."""

MAJORITY = 0.5
"""Below this probability a verdict is more likely wrong than right: answering would cost more than it gives."""

CHOICES = 3
"""How many candidates are compared, and offered, where a question is ambiguous."""

_DATA_DIR = Path(__file__).parent / "data"
_MODEL_FILE, _BANKLESS_FILE = _DATA_DIR / "confidence.json", _DATA_DIR / "confidence_bankless.json"


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over standardised signals."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Logistic":
        """A model as eval.fitting.weights writes it."""
        return cls(tuple(data["mean"]), tuple(data["scale"]), tuple(data["weights"]), data["bias"])

    def probability(self, signals: Floats) -> float:
        """The modelled probability, 0..1."""
        standardised = (signals - np.array(self.mean)) / np.array(self.scale)
        return 1.0 / (1.0 + math.exp(-float(standardised @ np.array(self.weights) + self.bias)))


@dataclass(frozen=True, slots=True)
class Confidence:
    """``covered``: probability that the corpus deals with the topic. ``right``: that the first candidate fits.

    ``is_ambiguous``: the first candidates are so close, and led by different offices, that asking beats guessing.
    """

    covered: float
    right: float
    is_covered: bool
    is_ambiguous: bool


def language_group(question: Question) -> LanguageGroup:
    """Cosines and BM25 scores of other languages lie on other scales, so each group has models of its own."""
    if is_pinyin(question.text):
        return "pinyin"
    return "chinese" if question.language in ("zh", "zh-Hant") else "foreign"


def signals(question: Question, candidates: Sequence[Candidate]) -> Floats:
    """The signals of one question, in the order of SIGNALS. Needs at least one candidate."""
    first = candidates[0]
    second = candidates[1].fused if len(candidates) > 1 else 0.0
    # A longer question collects more BM25 score from the same kinship; the root takes most of that out.
    length = math.sqrt(len(question.text))
    return np.array(
        [
            first.fused,
            first.fused - second,
            *(first.features[name] for name in COSINES),
            *(first.features[name] / length for name in BM25_SCORES),
            first.outside,
        ]
    )


def bankless_signals(question: Question, candidates: Sequence[Candidate]) -> Floats:
    """The signals of one question to a notice without a bank, in the order of BANKLESS_SIGNALS."""
    first = candidates[0].features
    length = math.sqrt(len(question.text))
    return np.array(
        [
            *(first[name] for name in BANKLESS_COSINES),
            first["lexical_text"] / length,
            first["sound_text"] / length,
            first_share(candidates),
            candidates[0].outside,
        ]
    )


def first_share(candidates: Sequence[Candidate]) -> float:
    """The first candidate's share of the probability of the first few: fused scores are log odds (rag.fusion)."""
    odds = np.exp([candidate.fused - candidates[0].fused for candidate in candidates[:CHOICES]])
    return float(1.0 / odds.sum())


def settled(is_covered: bool) -> Confidence:
    """The confidence in what a reviewer approved."""
    return Confidence(covered=float(is_covered), right=float(is_covered), is_covered=is_covered, is_ambiguous=False)


def judge(question: Question, candidates: Sequence[Candidate]) -> Confidence:
    """All verdicts on the candidates of a question."""
    has_bank = candidates[0].has_bank
    models = (_models if has_bank else _bankless_models)()[language_group(question)]
    found = (signals if has_bank else bankless_signals)(question, candidates)
    covered = models.covered.probability(found)
    return Confidence(
        covered=covered,
        right=models.right.probability(found),
        is_covered=covered >= MAJORITY,
        is_ambiguous=is_ambiguous(candidates),
    )


def is_ambiguous(candidates: Sequence[Candidate]) -> bool:
    """Whether the first candidates are so close, and led by different offices, that asking beats guessing."""
    leads = {frozenset(candidate.source.lead or candidate.source.responsible) for candidate in candidates[:CHOICES]}
    return first_share(candidates) < MAJORITY and len(leads) > 1


@dataclass(frozen=True, slots=True)
class _Models:
    covered: Logistic
    right: Logistic


@lru_cache(maxsize=1)
def _models() -> dict[LanguageGroup, _Models]:
    return _load(_MODEL_FILE)


@lru_cache(maxsize=1)
def _bankless_models() -> dict[LanguageGroup, _Models]:
    return _load(_BANKLESS_FILE)


def _load(path: Path) -> dict[LanguageGroup, _Models]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return {group: _read_models(data[group]) for group in get_args(LanguageGroup)}


def _read_models(data: Mapping[str, Any]) -> _Models:
    return _Models(Logistic.read(data["covered"]), Logistic.read(data["right"]))
