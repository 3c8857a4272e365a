"""Every kind of evidence for every source, as one table of raw features."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where

from ingest.encoder import Vectors
from ingest.index import Index
from ingest.lexicon import Lexicon, tokenize
from ingest.notice import SOURCE_KINDS
from ingest.passages import PassageKind, passage_kind, sentence_position, source_id_of
from ingest.pinyin import is_pinyin, tokenize_sound
from rag.fusion import Floats
from rag.level import level_match
from rag.sources import SourceTable

NEAREST = 120
"""How many passages, and how many banked questions, are fetched from Chroma for one question."""


Hits = Sequence[tuple[str, float]]
"""Passage ids with their cosines, nearest first."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the search found for one question.

    ``features`` are raw (rows as in the table, columns as in rag.fusion.FEATURES); ``passages`` the nearest ones;
    ``outside`` the mean cosine of the nearest questions that the corpus does not deal with.
    """

    features: Floats
    passages: Hits
    outside: float


def collect(index: Index, table: SourceTable, text: str, notice_id: str | None, nearest_questions: int) -> Findings:
    """All evidence for one question."""
    passages: Hits = []
    questions: Hits = []
    tokens: list[str] = []
    levels = {kind: level_match(text, kind) for kind in SOURCE_KINDS}
    # Pinyin means nothing to the encoder and shares no word with the notice: only its sound is evidence.
    if not is_pinyin(text):
        vector = index.encoder.encode_queries([text])
        passages = _nearest(index.passages, vector, notice_id)
        questions = _nearest(index.questions, vector, notice_id)
        tokens = tokenize(text)
    sound = tokenize_sound(text)
    columns = (
        *(_best(_of_kind(passages, kind), table, 1) for kind in ("text", "sentence", "title")),
        _scores(index.lexicon, tokens, table),
        _scores(index.sound, sound, table),
        table.department_match(index.corpus.departments.named_in(text)),
        table.level_match(levels),
        np.maximum(_best(_of_kind(questions, "question"), table, nearest_questions), _approved(questions, table)),
        _scores(index.bank, tokens, table),
        _scores(index.bank_sound, sound, table),
    )
    outside = max(_mean_of_nearest(questions, "outside", nearest_questions), _approved_outside(questions, table))
    return Findings(np.stack(columns, axis=1), passages, outside)


def sentence_cosines(hits: Hits) -> dict[str, dict[int, float]]:
    """By source id, the cosines of those of its sentences that were fetched, by position."""
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for passage_id, cosine in hits:
        position = sentence_position(passage_id)
        if position is not None:
            found[source_id_of(passage_id)][position] = cosine
    return dict(found)


def _nearest(collection: Collection, vector: Vectors, notice_id: str | None) -> Hits:
    where: Where | None = {"notice": notice_id} if notice_id else None
    found = collection.query(query_embeddings=vector, n_results=NEAREST, where=where, include=["distances"])
    distances = found["distances"]
    assert distances is not None
    return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def _of_kind(hits: Hits, kind: PassageKind) -> Hits:
    return [hit for hit in hits if passage_kind(hit[0]) == kind]


def _best(hits: Hits, table: SourceTable, count: int) -> Floats:
    """Mean cosine of the ``count`` nearest passages of each source.

    A passage that was not fetched is at most as near as the farthest that was, and counts as that.
    """
    floor = _floor(hits)
    cosines: defaultdict[str, list[float]] = defaultdict(list)
    for passage_id, cosine in hits:
        cosines[source_id_of(passage_id)].append(cosine)
    best = np.full(len(table.ids), floor)
    for source_id, found in cosines.items():
        best[table.row[source_id]] = sum((found + [floor] * count)[:count]) / count
    return best


def _approved(hits: Hits, table: SourceTable) -> Floats:
    """Cosine of the nearest approved question of each source, else 0: it counts by itself, without others like it."""
    best = np.zeros(len(table.ids))
    for passage_id, cosine in reversed(_of_kind(hits, "approved")):
        if (row := table.row.get(source_id_of(passage_id))) is not None:
            best[row] = cosine
    return best


def _approved_outside(hits: Hits, table: SourceTable) -> float:
    approved = _of_kind(hits, "approved")
    return max((cosine for name, cosine in approved if source_id_of(name) not in table.row), default=0.0)


def _mean_of_nearest(hits: Hits, kind: PassageKind, count: int) -> float:
    found = [cosine for _, cosine in _of_kind(hits, kind)]
    return sum((found + [_floor(hits)] * count)[:count]) / count


def _floor(hits: Hits) -> float:
    return hits[-1][1] if hits else 0.0


def _scores(lexicon: Lexicon, tokens: Sequence[str], table: SourceTable) -> Floats:
    return lexicon.scores(tokens)[table.lexicon_rows].astype(np.float64)
