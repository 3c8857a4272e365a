"""Building one version of the index in a folder of its own."""

import json
import shutil
from collections.abc import Sequence
from contextlib import closing

from chromadb.api.client import Client
from langchain_chroma import Chroma

from ingest.corpus import Corpus
from ingest.encoder import Encoder, EncoderEmbeddings, open_encoder, packaged_model_dir
from ingest.index import open_chroma, open_version
from ingest.layout import BANK, BANK_SOUND, CHROMA, DIGESTS, LEXICON, PASSAGES, QUESTIONS, SNAPSHOT, SOUND, index_dir
from ingest.lexicon import build_lexicon, tokenize
from ingest.manifest import seal
from ingest.passages import Passage, lexical_texts, passage_kind
from ingest.pinyin import tokenize_sound
from ingest.plan import Plan
from ingest.progress import Progress, track
from ingest.publication import published
from ingest.settings import PACKAGED_ENCODER, Settings

_BATCH = 64


def build_version(settings: Settings, corpus: Corpus, plan: Plan, version: str, progress: Progress) -> None:
    """Write the version, starting from the plan's base, and verify that it opens as its manifest promises."""
    encoder = _ensure_encoder(settings, progress)
    with published(index_dir(settings) / version) as folder:
        shutil.copytree(settings.corpus_dir, folder / SNAPSHOT)
        if plan.base:
            shutil.copytree(plan.base / CHROMA, folder / CHROMA)
        with closing(open_chroma(folder)) as client:
            counts = _update_collections(client, plan, encoder, progress)
        own_words, banked_words = lexical_texts(corpus)
        build_lexicon(own_words, tokenize).save(folder / LEXICON)
        build_lexicon(banked_words, tokenize).save(folder / BANK)
        build_lexicon(own_words, tokenize_sound).save(folder / SOUND)
        build_lexicon(banked_words, tokenize_sound).save(folder / BANK_SOUND)
        digests = {name: passage.digest for name, passage in plan.wanted.items()}
        (folder / DIGESTS).write_text(json.dumps(digests, ensure_ascii=False), encoding="utf-8")
        seal(folder, version, encoder.name, counts)
    open_version(settings, version).close()


def _ensure_encoder(settings: Settings, progress: Progress) -> Encoder:
    """Open the encoder, building the packaged model first where it has not been built yet."""
    folder = packaged_model_dir(settings)
    if settings.encoder == PACKAGED_ENCODER and not folder.exists():
        # torch and its kin take seconds to import and are needed only here.
        from ingest.model import build_model

        build_model(folder, progress)
        for outdated in folder.parent.iterdir():
            if outdated != folder:
                shutil.rmtree(outdated)
    return open_encoder(settings)


def _update_collections(client: Client, plan: Plan, encoder: Encoder, progress: Progress) -> dict[str, int]:
    stores = {
        name: Chroma(
            client=client,
            collection_name=name,
            embedding_function=_QuestionEmbeddings(encoder) if name == QUESTIONS else EncoderEmbeddings(encoder),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        for name in (PASSAGES, QUESTIONS)
    }
    for name, store in stores.items():
        if vanished := [passage_id for passage_id in plan.deleted if _collection_of(passage_id) == name]:
            store.delete(vanished)
    upserts = plan.upserts
    for batch in track([upserts[at : at + _BATCH] for at in range(0, len(upserts), _BATCH)], "编码片段", progress):
        for name, store in stores.items():
            _add(store, [passage for passage in batch if _collection_of(passage.id) == name])
    return {name: client.get_collection(name, embedding_function=None).count() for name in stores}


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
