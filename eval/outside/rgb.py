"""RGB: questions with passages that answer them and passages that only seem to (Chen et al. 2023, arXiv:2309.01431)."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from ir_measures import RR, Success, nDCG
from pydantic import BaseModel, TypeAdapter

from eval.outside.files import read_lines
from eval.outside.retrieval_task import Collection, Passage, Query, RetrievalTask
from ingest.errors import CorpusError

NOISE = (0.2, 0.4, 0.6, 0.8)
"""Shares of passages that do not answer, as in the paper."""
GIVEN = 5
"""Passages given to each question, as in the paper."""

_REMEDY = "请给出 https://github.com/chen700564/RGB 的 data/zh_refine.json 或 zh.json。"


class _Instance(BaseModel):
    query: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]


_INSTANCE = TypeAdapter(_Instance)


def read(path: Path) -> Collection:
    """A task for each ratio of noise: the passages that answer are to be ranked above the others.

    A question lacking either kind of passage is left out; one with too few of a kind gets more of the other. Measures
    that five passages always satisfy are left out. Raises CorpusError.
    """
    instances = [each for each in read_lines(path, _INSTANCE, _REMEDY) if each.positive and each.negative]
    if not instances:
        raise CorpusError(f"{path.name} 里没有同时带正例和反例段落的问题。", _REMEDY)
    passages = tuple(
        Passage(_id(number, kind, place), text)
        for number, each in enumerate(instances)
        for kind, texts in (("positive", each.positive), ("negative", each.negative))
        for place, text in enumerate(texts[:GIVEN])
    )
    measures = (RR @ 10, Success @ 1, nDCG @ 10)
    tasks = (RetrievalTask(f"RGB(噪声 {noise:.0%})", _queries(instances, noise), measures) for noise in NOISE)
    return Collection(passages, tuple(tasks), _queries(instances, 1.0))


def _queries(instances: Sequence[_Instance], noise: float) -> tuple[Query, ...]:
    return tuple(_query(number, each, noise) for number, each in enumerate(instances))


def _query(number: int, instance: _Instance, noise: float) -> Query:
    wanted = ceil(GIVEN * noise)
    answering = min(GIVEN - wanted, len(instance.positive))
    others = min(GIVEN - answering, len(instance.negative))
    if noise < 1:
        answering = min(GIVEN - others, len(instance.positive))
    gold = tuple(_id(number, "positive", place) for place in range(answering))
    noisy = tuple(_id(number, "negative", place) for place in range(others))
    return Query(f"{number}@{noise}", instance.query, frozenset(gold), gold + noisy)


def _id(number: int, kind: str, place: int) -> str:
    return f"{number}/{kind}/{place}"
