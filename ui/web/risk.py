"""The risk-coverage curve: what goes wrong among the surest share of the questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.web.reliability import SIDE

_TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_TENTHS = tuple(tenth / 10 for tenth in range(1, 11))


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """The points of an SVG polyline in a square of SIDE that is ``top`` high; the risk at every tenth of coverage."""

    points: str
    top: float
    tenths: tuple[tuple[float, float], ...]


def risk_curve(coverage: Sequence[float], risk: Sequence[float]) -> RiskCurve:
    """In steps, so that the area below is the one that is reported. There is at least one point."""
    top = next(each for each in _TOPS if each >= max(risk))
    reached = list(zip(coverage, risk, strict=True))
    starts = (0.0, *coverage)
    corners = [(x, up) for start, (end, up) in zip(starts, reached, strict=False) for x in (start, end)]
    return RiskCurve(
        points=" ".join(f"{SIDE * x:.1f},{SIDE * (1 - up / top):.1f}" for x, up in corners),
        top=top,
        tenths=tuple((part, next(up for x, up in reached if x >= part)) for part in _TENTHS),
    )
