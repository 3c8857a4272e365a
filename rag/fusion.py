"""Fusing the evidence per source: features on one scale, weighted, weights kept as data with their provenance."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

TEXT_FEATURES = ("dense_text", "dense_sentence", "dense_title", "lexical_text", "sound_text", "department", "level")
"""Evidence that every source has: cosines of its text, its nearest sentence and its title; BM25 over its words and
over its sound; whether the question names one of its departments, or its level of government."""

BANK_FEATURES = ("dense_bank", "lexical_bank", "sound_bank")
"""Evidence of banked questions: mean cosine of the nearest few; BM25 over their words and over their sound."""

FEATURES = TEXT_FEATURES + BANK_FEATURES
_TEXT, _BANK = slice(0, len(TEXT_FEATURES)), slice(len(TEXT_FEATURES), len(FEATURES))
_DATA_DIR = Path(__file__).parent / "data"
_WEIGHTS_FILE, _UNBANKED_FILE = _DATA_DIR / "fusion.json", _DATA_DIR / "fusion_unbanked.json"


@dataclass(frozen=True, slots=True)
class Fusion:
    """A weight for each feature, and how many banked questions of a source are averaged.

    A source without banked questions has only its text features; ``unbanked`` weighs those, and ``bias`` makes
    its score comparable with the others'.
    """

    weights: tuple[float, ...]
    unbanked: tuple[float, ...]
    bias: float
    nearest_questions: int

    def fuse(self, features: Floats, banked: Mask) -> Floats:
        """Fused score per source (row) from raw features (columns in the order of FEATURES)."""
        return self.combine(standardise(features, banked), banked)

    def combine(self, standardised: Floats, banked: Mask) -> Floats:
        """Fused score per source from standardised features."""
        with_bank = standardised @ np.array(self.weights)
        without = standardised[:, _TEXT] @ np.array(self.unbanked) + self.bias
        fused: Floats = np.where(banked, with_bank, without)
        return fused


def standardise(features: Floats, banked: Mask) -> Floats:
    """Each column as z-scores over the sources that have it, so that cosines and BM25 scores can be added.

    A column in which all sources are equal says nothing and counts zero.
    """
    standardised = np.zeros_like(features)
    standardised[:, _TEXT] = _z_scores(features[:, _TEXT])
    if banked.any():
        standardised[banked, _BANK] = _z_scores(features[banked, _BANK])
    return standardised


def only(weights: Mapping[str, float]) -> Fusion:
    """Plain fusion of the named features, the same for all sources: the baselines."""
    vector = tuple(weights.get(name, 0.0) for name in FEATURES)
    return Fusion(vector, vector[_TEXT], bias=0.0, nearest_questions=1)


@lru_cache(maxsize=1)
def default_fusion() -> Fusion:
    """The weights in force."""
    return load_fusion()


def load_fusion() -> Fusion:
    """The weights as the data files have them now."""
    banked, unbanked = (json.loads(path.read_text(encoding="utf-8")) for path in (_WEIGHTS_FILE, _UNBANKED_FILE))
    return Fusion(
        weights=tuple(banked["weights"][name] for name in FEATURES),
        unbanked=tuple(unbanked["weights"][name] for name in TEXT_FEATURES),
        bias=unbanked["bias"],
        nearest_questions=banked["nearest_questions"],
    )


def _z_scores(columns: Floats) -> Floats:
    spread = columns.std(axis=0)
    centred = columns - columns.mean(axis=0)
    scores: Floats = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return scores
