"""What rankings are worth: metrics by ir-measures, and whether the best score tells that nothing answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ir_measures import Qrel, ScoredDoc, iter_calc

from eval.outside.retrieval_task import Query, Ranking, Rankings, RetrievalTask
from eval.statistics.figure import RESAMPLES, Figure, figure

REFUSAL = "AUROC"


@dataclass(frozen=True, slots=True)
class Row:
    """A metric of a task: a figure for each ranker, by name."""

    task: str
    metric: str
    figures: Mapping[str, Figure]


def score(task: RetrievalTask, rankings: Rankings) -> list[Row]:
    """A row for each measure of the task."""
    measured = {ranker: _figures(task, by_query) for ranker, by_query in rankings.items()}
    names = [str(measure) for measure in task.measures]
    return [Row(task.title, name, {ranker: each[name] for ranker, each in measured.items()}) for name in names]


def score_refusal(task: RetrievalTask, unanswerable: Sequence[Query], rankings: Rankings) -> Row:
    """Whether the best score is higher where something answers than where nothing does, as an AUROC.

    ``unanswerable`` are the questions of the task in their order, without a passage that answers.
    """
    figures = {
        ranker: auroc(_best_scores(task.queries, by_query), _best_scores(unanswerable, by_query))
        for ranker, by_query in rankings.items()
    }
    return Row(task.title, REFUSAL, figures)


def auroc(higher: Sequence[float], lower: Sequence[float]) -> Figure:
    """How often one of ``higher`` exceeds one of ``lower``, ties half (Hanley & McNeil 1982); 0.5 is chance.

    The two belong to the same questions, in the same order; the interval is from resampling the questions.
    """
    first, second = np.array(higher)[:, None], np.array(lower)[None, :]
    wins = (first > second) + 0.5 * (first == second)
    n = len(higher)
    times = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), RESAMPLES)
    low, high = np.quantile(((times @ wins) * times).sum(axis=1) / n**2, [0.025, 0.975])
    return Figure(n, float(wins.mean()), float(low), float(high))


def _figures(task: RetrievalTask, rankings: Mapping[str, Ranking]) -> dict[str, Figure]:
    relevant = [Qrel(query.id, passage, 1) for query in task.queries for passage in query.gold]
    # Places, not scores: the providers of the measures break ties each in their own way.
    found = [
        ScoredDoc(query.id, passage, -float(place))
        for query in task.queries
        for place, (passage, _) in enumerate(rankings[query.id])
    ]
    values: dict[str, list[float]] = {str(measure): [] for measure in task.measures}
    for each in iter_calc(list(task.measures), relevant, found):
        values[str(each.measure)].append(each.value)
    return {name: figure(each) for name, each in values.items()}


def _best_scores(queries: Sequence[Query], rankings: Mapping[str, Ranking]) -> list[float]:
    return [rankings[query.id][0][1] for query in queries]
