"""Runs side by side: one row a metric, one column a run."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.refusal.scoring import crag
from eval.reporting.wording import Better, better, title_of, title_of_thing
from eval.scores import Pair, first_fits, says_what_it_must
from eval.statistics.figure import Figure, figure
from eval.things import ScoredRun

Runs = Mapping[str, ScoredRun]
"""By the name of the target, in the order of the columns."""


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
    title: str
    better: Better
    n: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Systems over the same questions; metrics that apply to none of them are left out."""

    title: str
    systems: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(runs: Runs) -> Iterator[Table]:
    """A table for each measured thing."""
    for thing in next(iter(runs.values())).scores:
        metrics = dict.fromkeys(metric for run in runs.values() for metric in run.scores[thing])
        figures = {
            metric: [figure(run.scores[thing].get(metric, {}).values()) for run in runs.values()] for metric in metrics
        }
        if thing == "confidence":
            for name in ("ECE", "AURC"):
                figures[name] = [run.statistics[name] for run in runs.values()]
        table = _table(title_of_thing(thing), tuple(runs), figures)
        if table.rows:
            yield table


def breakdown(pairs: Sequence[Pair]) -> Iterator[Table]:
    """What one target's replies come to by kind, set and language of the question."""
    for title, of in (("题型", "kind"), ("题集", "set"), ("语言", "language")):
        groups: defaultdict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            groups[getattr(pair[0], of)].append(pair)
        rows = (
            Row(name, name, "higher", len(found), tuple(_cell(figure(summary(found))) for summary in _SUMMARY.values()))
            for name, found in sorted(groups.items())
        )
        yield Table(f"按{title}", tuple(_SUMMARY), tuple(rows))


_SUMMARY: Mapping[str, Callable[[Sequence[Pair]], Iterator[float]]] = {
    "status": lambda pairs: (
        float(reply.status is not None and item.is_right(reply.status)) for item, reply in _that_can_refuse(pairs)
    ),
    "first source": lambda pairs: (float(first_fits(*pair)) for pair in pairs if pair[0].fitting),
    "facts": lambda pairs: (float(says_what_it_must(*pair)) for pair in _that_can_refuse(pairs)),
    "CRAG": lambda pairs: (crag(*pair) for pair in _that_can_refuse(pairs)),
}
"""The columns of a breakdown."""


def _that_can_refuse(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """What only ranks has no treatment and no words."""
    return (pair for pair in pairs if pair[1].status is not None or pair[1].failure)


def _table(title: str, systems: tuple[str, ...], figures: Mapping[str, Sequence[Figure]]) -> Table:
    rows = (
        Row(metric, title_of(metric), better(metric), max(each.n for each in row), tuple(map(_cell, row)))
        for metric, row in figures.items()
    )
    return Table(title, systems, tuple(row for row in rows if row.n))


def _cell(found: Figure) -> Cell | None:
    return Cell(found.mean, found.low, found.high) if found.n else None
