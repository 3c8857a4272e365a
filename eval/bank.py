"""Checking the question bank: duplicates, questions out of place, sources with too few, leaks into evaluation."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.dataset import Item
from ingest.bank import BankedQuestion
from ingest.index import Index
from ingest.index.passages import source_id_of

ENOUGH = 12
"""Questions a source should have at least: the fewest that every writer of the first stock gave a source."""

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A banked question whose nearest neighbours belong to another source, with both mean cosines."""

    question: str
    source: str
    nearer: str
    own_cosine: float
    nearer_cosine: float


@dataclass(frozen=True, slots=True)
class BankReport:
    """What the check found. Leaks and duplicates are defects; the rest is to be looked at."""

    duplicates: tuple[BankedQuestion, ...]
    leaked: tuple[BankedQuestion, ...]
    scarce: tuple[tuple[str, int], ...]
    misplaced: tuple[Misplaced, ...]

    @property
    def is_sound(self) -> bool:
        """No duplicate, no leak."""
        return not (self.duplicates or self.leaked)


def fold(text: str) -> str:
    """A question without punctuation, blanks, width and case: what counts as the same question."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).lower()


def check_bank(index: Index, items: Sequence[Item]) -> BankReport:
    """Check the whole bank of an index against itself and against the evaluation items."""
    banked = [question for entry in index.corpus.notices for question in (*entry.questions, *entry.outside)]
    evaluated = {fold(item.question) for item in items}
    seen: set[str] = set()
    duplicates = []
    for question in banked:
        folded = fold(question.question)
        if folded in seen:
            duplicates.append(question)
        seen.add(folded)
    counts = Counter(question.source for question in banked)
    keys = sorted({source.key for entry in index.corpus.notices for source in entry.notice.sources})
    return BankReport(
        duplicates=tuple(duplicates),
        leaked=tuple(question for question in banked if fold(question.question) in evaluated),
        scarce=tuple((key, counts[key]) for key in keys if counts[key] < ENOUGH),
        misplaced=tuple(_misplaced(index)),
    )


def _misplaced(index: Index) -> list[Misplaced]:
    """Questions nearer to another source's than to their own, the clearest first. All pairs: n² cosines."""
    stored = [
        segment.questions.get(where={"kind": "question"}, include=["embeddings", "documents"])
        for segment in index.segments
    ]
    vectors = np.concatenate([np.array(each["embeddings"]) for each in stored if each["ids"]])
    texts = [text for each in stored for text in each["documents"] or []]
    sources = [source_id_of(name).rpartition("/")[2] for each in stored for name in each["ids"]]
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for place, source in enumerate(sources):
        columns[source].append(place)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    means = np.stack(
        [np.sort(cosines[:, places], axis=1)[:, -NEAREST:].mean(axis=1) for places in columns.values()], axis=1
    )
    names = list(columns)
    found = []
    for place, (text, source) in enumerate(zip(texts, sources, strict=True)):
        best = int(np.argmax(means[place]))
        own = float(means[place, names.index(source)])
        if names[best] != source:
            found.append(Misplaced(text, source, names[best], own, float(means[place, best])))
    return sorted(found, key=lambda each: each.own_cosine - each.nearer_cosine)
