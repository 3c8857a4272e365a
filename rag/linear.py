"""Small linear models over named signals and character sequences, kept as data that can be read."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.fusion import Floats

LONGEST_SEQUENCE = 3


def sequences(text: str) -> Counter[str]:
    """Sequences of one to three characters."""
    return Counter(
        text[at : at + length] for length in range(1, LONGEST_SEQUENCE + 1) for at in range(len(text) - length + 1)
    )


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A multinomial logistic model; the rows of every weight are its labels.

    Signals are standardised; sequences weigh by the logarithm of their count and by their rarity (inverse document
    frequency), on unit length.
    """

    labels: tuple[str, ...]
    bias: Floats
    mean: Floats
    scale: Floats
    signal_weights: Floats
    rarity: Mapping[str, float]
    sequence_weights: Mapping[str, Floats]

    @classmethod
    def read(cls, path: Path, names: Sequence[str]) -> "LinearModel":
        """The model in a data file that eval.fitting.linear has written; ``names`` gives the order of the signals."""
        data = json.loads(path.read_text(encoding="utf-8"))
        signals = [data["signals"][name] for name in names]
        return cls(
            labels=tuple(data["labels"]),
            bias=np.array(data["bias"]),
            mean=np.array([signal["mean"] for signal in signals]),
            scale=np.array([signal["scale"] for signal in signals]),
            signal_weights=np.array([signal["weights"] for signal in signals]),
            rarity={sequence: rarity for sequence, (rarity, _) in data["sequences"].items()},
            sequence_weights={sequence: np.array(weights) for sequence, (_, weights) in data["sequences"].items()},
        )

    def probabilities(self, signals: Floats, text: str) -> dict[str, float]:
        """The probability of each label."""
        scores = self.bias + (signals - self.mean) / self.scale @ self.signal_weights
        found = {
            sequence: (1 + math.log(count)) * self.rarity[sequence]
            for sequence, count in sequences(text).items()
            if sequence in self.rarity
        }
        if found:
            values = np.array(list(found.values()))
            weights = np.array([self.sequence_weights[sequence] for sequence in found])
            scores = scores + values / np.linalg.norm(values) @ weights
        odds = np.exp(scores - scores.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))
