"""The vectors of a segment: what a base has is taken over, what is missing is encoded."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from langchain_chroma import Chroma

from ingest.encoder import Encoder, EncoderEmbeddings
from ingest.index.collection_pair import CollectionPair
from ingest.index.layout import PASSAGES, QUESTIONS
from ingest.index.passages import Passage, passage_kind
from ingest.progress import Progress, track

GRAPH = CreateHNSWConfiguration(space="cosine", max_neighbors=48, ef_construction=400, ef_search=800)
"""Chroma's own choice (16, 100, 100) misses two of the 120 nearest of 5,329 questions, others in every build, and what
is not yet in its file is linked anew, at random, whenever an index is opened: a third of the questions found other
neighbours each time. A deep search of so thin a graph still missed one in one build of eight. This missed none (8
builds, 238 questions each), in about a millisecond more: all indexes find the same."""

_BATCH = 64
_AT_ONCE = 1000
"""So many vectors at a time are taken over from another segment, or removed."""

Stores = Mapping[str, Chroma]


@dataclass(frozen=True, slots=True)
class Filling:
    """The Chroma of a new segment. ``names`` are those that its two collections have there.

    ``held`` are the digests of the passages whose vectors are there to begin with.
    """

    client: Client
    names: Mapping[str, str]
    held: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Base:
    """A segment whose vectors can be taken over: the digests of its passages, and how its collections are opened."""

    digests: Mapping[str, str]
    open: Callable[[], CollectionPair]


def fill(
    filling: Filling, encoder: Encoder, bases: Sequence[Base], wanted: Mapping[str, Passage], progress: Progress
) -> dict[str, int]:
    """Make the collections hold what is wanted and nothing else, encoding only what no base has. How many they hold."""
    stores = _stores(filling, encoder)
    _remove(stores, [name for name in filling.held if name not in wanted])
    there = _usable(filling.held, wanted)
    for base in bases:
        if found := _usable(base.digests, wanted) - there:
            _adopt(stores, base, found)
            there |= found
    missing = [passage for name, passage in wanted.items() if name not in there]
    for batch in track([missing[at : at + _BATCH] for at in range(0, len(missing), _BATCH)], "编码片段", progress):
        for name, store in stores.items():
            _add(store, [passage for passage in batch if _collection_of(passage.id) == name])
    return {name: store._collection.count() for name, store in stores.items()}


def _stores(filling: Filling, encoder: Encoder) -> Stores:
    return {
        name: Chroma(
            client=filling.client,
            collection_name=filling.names[name],
            embedding_function=_QuestionEmbeddings(encoder) if name == QUESTIONS else EncoderEmbeddings(encoder),
            collection_configuration={"hnsw": GRAPH},
        )
        for name in (PASSAGES, QUESTIONS)
    }


def _usable(digests: Mapping[str, str], wanted: Mapping[str, Passage]) -> set[str]:
    return {name for name, digest in digests.items() if name in wanted and wanted[name].digest == digest}


def _remove(stores: Stores, passage_ids: Sequence[str]) -> None:
    for name, store in stores.items():
        vanished = [each for each in passage_ids if _collection_of(each) == name]
        for at in range(0, len(vanished), _AT_ONCE):
            store.delete(vanished[at : at + _AT_ONCE])


def _adopt(stores: Stores, base: Base, passage_ids: set[str]) -> None:
    """Take over vectors with their texts from another segment."""
    with closing(base.open()) as pair:
        for name, source in ((PASSAGES, pair.passages), (QUESTIONS, pair.questions)):
            ids = sorted(each for each in passage_ids if _collection_of(each) == name)
            for at in range(0, len(ids), _AT_ONCE):
                found = source.get(ids[at : at + _AT_ONCE], include=["embeddings", "documents", "metadatas"])
                target = stores[name]._collection
                target.upsert(found["ids"], found["embeddings"], found["metadatas"], found["documents"])


def _collection_of(passage_id: str) -> str:
    return QUESTIONS if passage_kind(passage_id) in ("question", "outside", "approved") else PASSAGES


def _add(store: Chroma, passages: Sequence[Passage]) -> None:
    if passages:
        store.add_texts(
            [passage.text for passage in passages],
            [_metadata(passage) for passage in passages],
            [passage.id for passage in passages],
        )


def _metadata(passage: Passage) -> dict[str, str]:
    source_key = passage.source_id.rpartition("/")[2]
    return {"notice": passage.notice_id, "source": source_key, "kind": passage.kind, "origin": passage.origin}


class _QuestionEmbeddings(EncoderEmbeddings):
    """Banked questions are compared with questions, so they are embedded as questions."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode_queries(texts).tolist()
        return vectors
