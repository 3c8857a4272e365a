"""Fusing the evidence per source: features on one scale, weighted, weights kept as data with their provenance."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEATURES = ("dense_text", "dense_bank", "lexical_text", "lexical_bank", "level")
"""Cosine of the nearest passage; mean cosine of the nearest banked questions; BM25 over text; BM25 over the bank;
whether the source is of the level of government that the question names."""

_WEIGHTS_FILE = Path(__file__).parent / "data" / "fusion.json"


@dataclass(frozen=True, slots=True)
class Fusion:
    """A weight for each feature, and how many banked questions of a source are averaged."""

    weights: tuple[float, ...]
    nearest_questions: int

    def fuse(self, features: Floats) -> Floats:
        """Fused score per source (row) from raw features (columns in the order of FEATURES)."""
        fused: Floats = standardise(features) @ np.array(self.weights)
        return fused


def standardise(features: Floats) -> Floats:
    """Each column as z-scores over the sources, so that cosines and BM25 scores can be added.

    A column in which all sources are equal says nothing and counts zero.
    """
    spread = features.std(axis=0)
    centred = features - features.mean(axis=0)
    standardised: Floats = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return standardised


@lru_cache(maxsize=1)
def default_fusion() -> Fusion:
    """The weights in force, from the data file."""
    data = json.loads(_WEIGHTS_FILE.read_text(encoding="utf-8"))
    weights = tuple(data["weights"][name] for name in FEATURES)
    return Fusion(weights, data["nearest_questions"])
