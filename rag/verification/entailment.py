"""Whether a sentence says nothing but what its sources say: lexical coverage, read off an alignment, and similarity.

How much each way of departing from the sources counts is learned from labelled sentences (eval.fitting.entailment);
so is how sure one has to be.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.departments import DepartmentRegister
from ingest.encoder import Encoder
from rag.confidence import Logistic
from rag.fusion import Floats
from rag.question import normalised
from rag.verification.alignment import align, line
from rag.verification.claim import Claim
from rag.verification.cues import cues
from rag.verification.department import without_departments
from rag.verification.departure import KINDS, Departures
from rag.verification.plain import as_printed

SIGNALS = (*KINDS, "own characters", "cut characters", "opposite", "distance")
"""How often the sentence departs from its sources in each way, how many characters of its own it has and how many are
cut out, how many words it has whose opposites its sources have, and its distance (1 - cosine) to the nearest sentence
or source."""

_MODEL_FILE = Path(__file__).parent.parent / "data" / "entailment.json"
_MOST = 8.0
"""Further characters say no more."""

_REMEMBERED = 1024


class Entailment:
    """Judges with one register of departments and one encoder."""

    def __init__(self, register: DepartmentRegister, encoder: Encoder) -> None:
        self._register = register
        self._encoder = encoder
        # The same few sources are cited again and again.
        self._vector = lru_cache(maxsize=_REMEMBERED)(lambda text: encoder.encode_passages([text])[0])

    def holds(self, claim: Claim) -> bool:
        """Whether the sources say what the claim says."""
        return self.probability(claim) >= _model().threshold

    def probability(self, claim: Claim) -> float:
        """How likely they do, 0..1."""
        return _model().logistic.probability(self.signals(claim))

    def signals(self, claim: Claim) -> Floats:
        """The values of SIGNALS."""
        printed = self._printed(claim)
        found = tuple(Departures(align(line(as_printed(self._said(claim), printed)), line(printed))))
        counts = Counter(departure.kind for departure in found)
        lengths = [sum(len(each.words) for each in found if each.kind == kind) for kind in ("own", "cut")]
        values: Mapping[str, float] = {
            **{kind: float(counts[kind]) for kind in KINDS},
            "own characters": min(lengths[0], _MOST),
            "cut characters": min(lengths[1], _MOST),
            "opposite": float(_opposites(claim)),
            "distance": self._distance(claim),
        }
        return np.array([values[name] for name in SIGNALS])

    def _said(self, claim: Claim) -> str:
        """The sentence without what is judged apart: whose task it is, and at which level."""
        said = without_departments(claim.said, self._register)
        for level in cues().levels:
            if level not in claim.evidence:
                said = said.replace(level, ",")
        return said

    def _printed(self, claim: Claim) -> str:
        """What a sentence can be taken from, a line each: the texts, the titles. Whose task it is, is judged apart."""
        lines = [normalised(each) for source in claim.sources for each in (source.text, source.title)]
        spans = [self._register.spans_in(each) for each in lines]
        for at, text in enumerate(lines):
            for start, end, found in reversed(spans[at]):
                if not found.collective:
                    text = f"{text[:start]},{text[end:]}"
            lines[at] = text
        return "\n".join(lines)

    def _distance(self, claim: Claim) -> float:
        printed = [each for source in claim.sources for each in dict.fromkeys((source.text, *source.sentences))]
        said = self._encoder.encode_passages([claim.text])[0]
        return 1.0 - max(float(self._vector(each) @ said) for each in printed)


def _opposites(claim: Claim) -> int:
    """How many words of the claim, which its sources lack, are the opposites of words of theirs."""
    pairs = (pair for one, other in cues().opposites for pair in ((one, other), (other, one)))
    return sum(
        said in claim.said and said not in claim.evidence and opposite in claim.evidence for said, opposite in pairs
    )


@dataclass(frozen=True, slots=True)
class _Model:
    logistic: Logistic
    threshold: float


@lru_cache(maxsize=1)
def _model() -> _Model:
    data = json.loads(_MODEL_FILE.read_text(encoding="utf-8"))
    return _Model(Logistic.read(data["model"]), data["threshold"])
