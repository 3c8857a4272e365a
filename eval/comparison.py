"""Systems side by side: one row a metric, one column a system."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from eval.dataset import Item
from eval.metrics import METRICS, Figure, Pair, measure

Results = Mapping[str, Sequence[Pair]]
"""What each system, by name, made of the questions."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A mean with its 95% interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A metric over ``n`` questions; the cells are in the order of the systems, None where it does not apply."""

    metric: str
    n: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Systems over the same questions; metrics that apply to none of them are left out."""

    title: str
    systems: tuple[str, ...]
    rows: tuple[Row, ...]


def compare(title: str, results: Results) -> Comparison:
    """Every metric of every system."""
    measured = [measure(pairs) for pairs in results.values()]
    figures = {metric: [each[metric] for each in measured] for metric in METRICS}
    rows = (Row(metric, max(each.n for each in row), tuple(map(_cell, row))) for metric, row in figures.items())
    return Comparison(title, tuple(results), tuple(row for row in rows if row.n))


def breakdown(results: Results) -> Iterator[Comparison]:
    """All questions together, then each set, then each type of question."""
    yield compare("全部评测集", results)
    for label, of in (("评测集", attrgetter("set")), ("题型", attrgetter("type"))):
        items = (item for pairs in results.values() for item, _ in pairs)
        for value in sorted({of(item) for item in items}):
            yield compare(f"{label} {value}", _where(results, of, value))


def _where(results: Results, of: Callable[[Item], str], value: str) -> Results:
    return {name: [pair for pair in pairs if of(pair[0]) == value] for name, pairs in results.items()}


def _cell(found: Figure) -> Cell | None:
    return Cell(found.mean, found.low, found.high) if found.n else None
