"""The vectors of a segment: what a base has is taken over, what is missing is encoded."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from chromadb.api.client import Client
from langchain_chroma import Chroma

from ingest.encoder import Encoder, EncoderEmbeddings
from ingest.index.layout import PASSAGES, QUESTIONS, segment_dir
from ingest.index.passages import Passage, passage_kind
from ingest.index.plan import passage_digests
from ingest.index.segment import chroma_in
from ingest.progress import Progress, track
from ingest.settings import Settings

_BATCH = 64
_AT_ONCE = 1000
"""So many vectors at a time are taken over from another segment, or removed."""

Stores = Mapping[str, Chroma]


def vector_stores(client: Client, encoder: Encoder) -> Stores:
    """The two collections of a segment."""
    return {
        name: Chroma(
            client=client,
            collection_name=name,
            embedding_function=_QuestionEmbeddings(encoder) if name == QUESTIONS else EncoderEmbeddings(encoder),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        for name in (PASSAGES, QUESTIONS)
    }


def fill(
    settings: Settings, stores: Stores, bases: Sequence[str], wanted: Mapping[str, Passage], progress: Progress
) -> None:
    """Make the collections hold what is wanted and nothing else, encoding only what no base has."""
    there: set[str] = set()
    for at, base in enumerate(bases):
        stored = passage_digests(settings, base)
        usable = {name for name, digest in stored.items() if name in wanted and wanted[name].digest == digest}
        if at == 0:
            _remove(stores, [name for name in stored if name not in wanted])
        else:
            _adopt(stores, segment_dir(settings, base), usable)
        there |= usable
    missing = [passage for name, passage in wanted.items() if name not in there]
    for batch in track([missing[at : at + _BATCH] for at in range(0, len(missing), _BATCH)], "编码片段", progress):
        for name, store in stores.items():
            _add(store, [passage for passage in batch if _collection_of(passage.id) == name])


def _remove(stores: Stores, passage_ids: Sequence[str]) -> None:
    for name, store in stores.items():
        vanished = [each for each in passage_ids if _collection_of(each) == name]
        for at in range(0, len(vanished), _AT_ONCE):
            store.delete(vanished[at : at + _AT_ONCE])


def _adopt(stores: Stores, folder: Path, passage_ids: set[str]) -> None:
    """Take over vectors with their texts from another segment."""
    with chroma_in(folder) as client:
        for name, store in stores.items():
            source = client.get_collection(name, embedding_function=None)
            ids = sorted(each for each in passage_ids if _collection_of(each) == name)
            for at in range(0, len(ids), _AT_ONCE):
                found = source.get(ids[at : at + _AT_ONCE], include=["embeddings", "documents", "metadatas"])
                store._collection.upsert(found["ids"], found["embeddings"], found["metadatas"], found["documents"])


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
