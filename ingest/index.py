"""The published index, opened for reading. What indexing writes is opened here."""

from dataclasses import dataclass
from pathlib import Path

from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from ingest.corpus import Corpus, load_corpus
from ingest.encoder import Encoder, open_encoder
from ingest.errors import IndexCorrupt, PolicyQAError
from ingest.layout import (
    BANK,
    BANK_SOUND,
    CHROMA,
    LEXICON,
    PASSAGES,
    QUESTIONS,
    SNAPSHOT,
    SOUND,
    current_version,
    index_dir,
)
from ingest.lexicon import Lexicon, open_lexicon
from ingest.manifest import REMEDY, Manifest, load_manifest
from ingest.settings import Settings


@dataclass(frozen=True)
class Index:
    """One version of the index, open for reading. Its corpus is the snapshot it was built from."""

    manifest: Manifest
    corpus: Corpus
    encoder: Encoder
    client: Client
    passages: Collection
    questions: Collection
    lexicon: Lexicon
    bank: Lexicon
    sound: Lexicon
    bank_sound: Lexicon

    def close(self) -> None:
        """Release Chroma's files."""
        self.client.close()


def open_chroma(folder: Path) -> Client:
    """A local Chroma client on an index folder, telemetry off. To be closed by the caller."""
    return Client(
        settings=ChromaSettings(is_persistent=True, persist_directory=str(folder / CHROMA), anonymized_telemetry=False)
    )


def open_index(settings: Settings) -> Index:
    """Open the version in use.

    Raises IndexMissing if there is none, IndexCorrupt if it is not what its manifest promises.
    """
    return open_version(settings, current_version(settings))


def open_version(settings: Settings, version: str) -> Index:
    """Open one version of the index. Raises IndexCorrupt if it is not what its manifest promises."""
    folder = index_dir(settings) / version
    manifest = load_manifest(folder)
    encoder = open_encoder(settings)
    if encoder.name != manifest.encoder:
        raise IndexCorrupt(f"索引由编码模型 {manifest.encoder} 建立,现在设置的是 {encoder.name}。", REMEDY)
    try:
        corpus = load_corpus(folder / SNAPSHOT)
    except PolicyQAError as error:
        raise IndexCorrupt(f"索引中的通知读不了:{error.message}", REMEDY) from error
    lexicons = [open_lexicon(folder / name) for name in (LEXICON, BANK, SOUND, BANK_SOUND)]
    client = open_chroma(folder)
    try:
        passages, questions = (client.get_collection(name, embedding_function=None) for name in (PASSAGES, QUESTIONS))
        counts = {PASSAGES: passages.count(), QUESTIONS: questions.count()}
        if counts != manifest.counts:
            raise IndexCorrupt(f"向量库有 {counts} 条,清单记为 {manifest.counts} 条。", REMEDY)
    except (ChromaError, OSError, ValueError) as error:
        client.close()
        raise IndexCorrupt(f"向量库读不了:{error}。", REMEDY) from error
    except IndexCorrupt:
        client.close()
        raise
    return Index(manifest, corpus, encoder, client, passages, questions, *lexicons)
