"""Every kind of evidence for every source, as one table of raw features."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ingest.index import Index
from ingest.index.layout import PASSAGES, QUESTIONS
from ingest.index.lexicon import tokenize
from ingest.index.passages import PassageKind, passage_kind, sentence_position, source_id_of
from ingest.index.pinyin import is_pinyin, tokenize_sound
from ingest.index.segment import Hits
from ingest.notice import SOURCE_KINDS
from rag.fusion import Floats
from rag.level import level_match
from rag.sources import SourceTable

NEAREST = 120
"""How many passages, and how many banked questions, are fetched from Chroma for one question."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the search found for one question.

    ``features`` are raw (rows as in the table, columns as in rag.fusion.FEATURES); ``passages`` the nearest ones;
    ``outside`` the mean cosine of the nearest questions that the corpus does not deal with.
    """

    features: Floats
    passages: Hits
    outside: float


def collect(index: Index, table: SourceTable, text: str, nearest_questions: int) -> Findings:
    """All evidence for one question that lies in the table's notices."""
    passages: Hits = []
    questions: Hits = []
    elsewhere: Hits = []
    tokens: list[str] = []
    levels = {kind: level_match(text, kind) for kind in SOURCE_KINDS}
    # Pinyin means nothing to the encoder and shares no word with the notice: only its sound is evidence.
    if not is_pinyin(text):
        vector = index.encoder.encode_queries([text])
        passages = index.nearest(PASSAGES, vector, NEAREST, table.scope)
        questions = index.nearest(QUESTIONS, vector, NEAREST, table.scope)
        # What one notice does not deal with, others mostly do not either: they speak for those without a bank.
        elsewhere = questions if table.banked.any() else index.nearest(QUESTIONS, vector, NEAREST, None)
        tokens = tokenize(text)
    sound = tokenize_sound(text)
    columns = (
        *(_best(_of_kind(passages, kind), table, 1) for kind in ("text", "sentence", "title")),
        table.lexical_match(lambda segment: segment.lexicon, tokens),
        table.lexical_match(lambda segment: segment.sound, sound),
        table.department_match(index.corpus.registers.named_in(text, table.regions)),
        table.level_match(levels),
        np.maximum(_best(_of_kind(questions, "question"), table, nearest_questions), _approved(questions, table)),
        table.lexical_match(lambda segment: segment.bank, tokens),
        table.lexical_match(lambda segment: segment.bank_sound, sound),
    )
    outside = max(_mean_of_nearest(elsewhere, "outside", nearest_questions), _approved_outside(questions, table))
    return Findings(np.stack(columns, axis=1), passages, outside)


def sentence_cosines(hits: Hits) -> dict[str, dict[int, float]]:
    """By source id, the cosines of those of its sentences that were fetched, by position."""
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for passage_id, cosine in hits:
        position = sentence_position(passage_id)
        if position is not None:
            found[source_id_of(passage_id)][position] = cosine
    return dict(found)


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
