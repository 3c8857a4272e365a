"""The reliability diagram: what the product claims against what it reaches, a circle a bin."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIDE = 320
"""Width and height of the square from 0 to 1, in the drawing's own units."""


@dataclass(frozen=True, slots=True)
class Point:
    """A bin of questions at (mean confidence, share right); the circle's area grows with their number."""

    low: float
    high: float
    n: int
    accuracy: float
    x: float
    y: float
    radius: float


def points(bins: Sequence[Mapping[str, Any]]) -> list[Point]:
    """A point for every bin that holds a question."""
    most = max((each["n"] for each in bins), default=1)
    return [
        Point(
            low=each["low"],
            high=each["high"],
            n=each["n"],
            accuracy=each["accuracy"],
            x=each["confidence"] * SIDE,
            y=(1 - each["accuracy"]) * SIDE,
            radius=4 + 12 * math.sqrt(each["n"] / most),
        )
        for each in bins
        if each["n"]
    ]
