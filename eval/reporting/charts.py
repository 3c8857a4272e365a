"""The geometry of the report's charts: what is drawn where, in the drawings' own units, from the upper left corner."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.confidence.reliability import Bin
from eval.latency.scoring import Latency
from eval.routing.confusion import DepartmentTally

WIDTH, HEIGHT = 300, 220
"""Of the plots; the reliability diagram is a square of WIDTH."""
_LARGEST = 16
_TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_GAP = 1.5
_NAMED_EDGES = (0, 0.02, 0.05, 0.1, 0.2, 0.5, 2, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A bin of confidences; the area grows with the number of questions."""

    bin: Bin
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A line as SVG path data, the area below it as another, and the ticks of the upright axis."""

    line: str
    area: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A department's questions and, of them, those that came to it, as lengths of 0..WIDTH."""

    tally: DepartmentTally
    asked: float
    right: float


@dataclass(frozen=True, slots=True)
class Column:
    """The ``n`` replies of one span of time (``label``, with its unit), and their share of all."""

    label: str
    n: int
    share: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """A column for each span, all equally wide though the spans are not; the tallest is as high as the plot.

    The ticks are milliseconds where they do not say seconds.
    """

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


def share_ticks(length: float, top: float = 1.0) -> tuple[Tick, ...]:
    """0, half and all of ``top``, from left to right."""
    return tuple(Tick(length * part, f"{100 * top * part:g}%") for part in (0, 0.5, 1))


def upright_ticks(length: float, top: float = 1.0) -> tuple[Tick, ...]:
    """The same from the bottom up."""
    return tuple(Tick(length - tick.at, tick.label) for tick in share_ticks(length, top))


def circles(bins: Iterable[Bin]) -> tuple[Circle, ...]:
    """A circle for each bin, at its confidence (across) and the share right (up)."""
    found = [each for each in bins if each.n]
    most = max((each.n for each in found), default=1)
    return tuple(
        Circle(each, each.confidence * WIDTH, (1 - each.accuracy) * WIDTH, _LARGEST * math.sqrt(each.n / most))
        for each in found
    )


def risk_curve(coverage: Sequence[float], risk: Sequence[float]) -> Curve:
    """The risk at every coverage, in steps: so the area below is the one that is reported."""
    top = next(each for each in _TOPS if each >= min(max(risk, default=0), 1))
    steps = [(WIDTH * across, HEIGHT * (1 - up / top)) for across, up in zip(coverage, risk, strict=True)]
    line = " ".join(f"V{y:.1f}H{x:.1f}" for x, y in steps)
    if steps:
        line = f"M0 {steps[0][1]:.1f}{line}"
    return Curve(line, f"{line}V{HEIGHT}H0Z" if line else "", upright_ticks(HEIGHT, top))


def risk_at(coverage: Sequence[float], risk: Sequence[float], part: float) -> float:
    """The risk where at least this part of the questions, of which there are some, is answered."""
    return next(up for across, up in zip(coverage, risk, strict=True) if across >= part)


def bars(tallies: Iterable[DepartmentTally]) -> tuple[Bar, ...]:
    """A bar for each department, the longest as wide as the plot."""
    found = list(tallies)
    most = max((each.n for each in found), default=1)
    return tuple(Bar(each, WIDTH * each.n / most, WIDTH * each.right / most) for each in found)


def histogram(latency: Latency, height: float = HEIGHT / 2) -> Histogram:
    """The distribution of one system's times."""
    wide, most = WIDTH / len(latency.counts), max(latency.counts)
    columns = tuple(
        Column(
            label=_span(latency.edges, place),
            n=n,
            share=n / sum(latency.counts),
            x=place * wide,
            y=height * (1 - n / most),
            width=wide - _GAP,
            height=height * n / most,
        )
        for place, n in enumerate(latency.counts)
    )
    named = [(place * wide, edge) for place, edge in enumerate(latency.edges) if edge in _NAMED_EDGES]
    return Histogram(columns, tuple(Tick(x, in_words(edge).removesuffix(" ms")) for x, edge in named))


def in_words(seconds: float) -> str:
    """A time as it is read: 0, 20 ms, 2 s."""
    if not seconds:
        return "0"
    return f"{seconds:g} s" if seconds >= 1 else f"{1000 * seconds:g} ms"


def _span(edges: Sequence[float], place: int) -> str:
    start, *end = map(in_words, edges[place : place + 2])
    return f"{start}~{end[0]}" if end else f"≥ {start}"
