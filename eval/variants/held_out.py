"""The same index with part of its question bank out of sight: what a source meets that nobody has asked about yet."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where

from ingest.bank import BankedQuestion
from ingest.corpus import Corpus
from ingest.index import Index
from ingest.index.lexicon import build_lexicon, tokenize
from ingest.index.passages import lexical_texts
from ingest.index.pinyin import tokenize_sound
from ingest.index.segment import Segment

FOLDS = 5


def folds(corpus: Corpus) -> list[frozenset[str]]:
    """The keys of all sources in five parts, the same every time."""
    keys = sorted({source.key for entry in corpus.notices for source in entry.notice.sources})
    order = np.random.default_rng(0).permutation(len(keys))
    return [frozenset(keys[place] for place in order[fold::FOLDS]) for fold in range(FOLDS)]


def without_questions_of(index: Index, keys: frozenset[str]) -> Index:
    """The index as if nothing had been banked for these sources (keys as M12, in every notice)."""
    return _filtered(index, lambda banked: banked.source not in keys, {"source": {"$nin": sorted(keys)}})


class _Filtered:
    """A Chroma collection in which some questions cannot be found."""

    def __init__(self, collection: Collection, where: Mapping[str, object]) -> None:
        self._collection = collection
        self._where = where

    def query(self, **arguments: Any) -> Any:  # noqa: ANN401 - Chroma's own signature
        """Collection.query, with the filter added."""
        wanted = arguments.pop("where", None)
        where = {"$and": [wanted, self._where]} if wanted else self._where
        return self._collection.query(**arguments, where=cast("Where", where))


def _filtered(index: Index, keeps: Callable[[BankedQuestion], bool], where: Mapping[str, object]) -> Index:
    corpus = replace(
        index.corpus,
        notices=tuple(
            replace(entry, questions=tuple(filter(keeps, entry.questions))) for entry in index.corpus.notices
        ),
    )
    return replace(
        index, corpus=corpus, segments=tuple(_filtered_segment(each, corpus, where) for each in index.segments)
    )


def _filtered_segment(segment: Segment, corpus: Corpus, where: Mapping[str, object]) -> Segment:
    _, banked_words = lexical_texts(entry for entry in corpus.notices if entry.id in segment.notice_ids)
    return replace(
        segment,
        questions=cast("Collection", _Filtered(segment.questions, where)),
        bank=build_lexicon(banked_words, tokenize),
        bank_sound=build_lexicon(banked_words, tokenize_sound),
    )
