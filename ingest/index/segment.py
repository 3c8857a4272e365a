"""A segment of the index, opened for reading: some notices with everything that is searched in them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from ingest.corpus import CorpusNotice
from ingest.encoder import Vectors
from ingest.errors import IndexCorrupt
from ingest.index.layout import BANK, BANK_SOUND, CHROMA, LEXICON, NOTICES, PASSAGES, QUESTIONS, SOUND
from ingest.index.lexicon import Lexicon, open_lexicon
from ingest.index.manifest import REMEDY, SegmentManifest, load_segment_manifest
from ingest.index.passages import PassageKind, notice_of
from ingest.index.record import read_record

Hits = Sequence[tuple[str, float]]
"""Passage ids with their cosines, nearest first."""

_clients = threading.Lock()
"""Clients of one folder share what is behind them, and Chroma counts them without a lock of its own."""

_SIFTED, _MARGIN = 1000, 1.5
"""Chroma takes a hundred times as long when it has to keep to some notices. Where these are no small part of a segment,
more are fetched instead, with a margin, and the others left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the notices of a segment, and what share of it they are."""

    notices: frozenset[str]
    share: float


@dataclass(frozen=True, eq=False)
class Segment:
    """Some notices, open for reading."""

    manifest: SegmentManifest
    notices: tuple[CorpusNotice, ...]
    client: Client
    passages: Collection
    questions: Collection
    lexicon: Lexicon
    bank: Lexicon
    sound: Lexicon
    bank_sound: Lexicon

    @cached_property
    def notice_ids(self) -> frozenset[str]:
        """The notices that lie in it."""
        return frozenset(entry.id for entry in self.notices)

    def part(self, wanted: frozenset[str]) -> Part | None:
        """Those of the wanted notices that lie in it; None if that is all of it."""
        kept = self.notice_ids & wanted
        return None if kept == self.notice_ids else Part(kept, len(kept) / len(self.notices))

    def close(self) -> None:
        """Release Chroma's files."""
        _close(self.client)


def open_segment(folder: Path) -> Segment:
    """Open a segment. Raises IndexCorrupt if it is not what its manifest promises."""
    manifest = load_segment_manifest(folder)
    notices = tuple(read_record(folder / NOTICES / f"{name}.json") for name in sorted(manifest.notices))
    lexicons = [open_lexicon(folder / name) for name in (LEXICON, BANK, SOUND, BANK_SOUND)]
    client = open_chroma(folder)
    try:
        passages, questions = _counted(client, manifest)
    except IndexCorrupt:
        _close(client)
        raise
    return Segment(manifest, notices, client, passages, questions, *lexicons)


def check_segment(folder: Path) -> SegmentManifest:
    """The manifest of a segment that is whole. Raises IndexCorrupt."""
    manifest = load_segment_manifest(folder)
    with chroma_in(folder) as client:
        _counted(client, manifest)
    return manifest


@contextmanager
def chroma_in(folder: Path) -> Iterator[Client]:
    """The Chroma of a segment's folder, for as long as the block lasts."""
    client = open_chroma(folder)
    try:
        yield client
    finally:
        _close(client)


def open_chroma(folder: Path) -> Client:
    """A local Chroma client on a segment's folder, telemetry off."""
    path = str(folder / CHROMA)
    with _clients:
        return Client(settings=ChromaSettings(is_persistent=True, persist_directory=path, anonymized_telemetry=False))


def _close(client: Client) -> None:
    with _clients:
        client.close()


def nearest(
    collection: Collection, vector: Vectors, count: int, scope: Part | None = None, kind: PassageKind | None = None
) -> Hits:
    """The passages nearest to one vector, of some notices only, or of one kind only."""
    wanted: Where | None = {"kind": kind} if kind else None
    if scope is None:
        return _query(collection, vector, count, wanted)
    if kind is None and count <= _SIFTED * scope.share:
        sifted = _query(collection, vector, round(count * _MARGIN / scope.share))
        found = [hit for hit in sifted if notice_of(hit[0]) in scope.notices]
        if len(found) >= count:
            return found[:count]
    within = cast("Where", {"notice": {"$in": sorted(scope.notices)}})
    return _query(collection, vector, count, {"$and": [wanted, within]} if wanted else within)


def _query(collection: Collection, vector: Vectors, count: int, where: Where | None = None) -> Hits:
    found = collection.query(query_embeddings=vector, n_results=count, where=where, include=["distances"])
    distances = found["distances"]
    assert distances is not None
    return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def _counted(client: Client, manifest: SegmentManifest) -> tuple[Collection, Collection]:
    try:
        passages, questions = (client.get_collection(name, embedding_function=None) for name in (PASSAGES, QUESTIONS))
        counts = {PASSAGES: passages.count(), QUESTIONS: questions.count()}
    except (ChromaError, OSError, ValueError) as error:
        raise IndexCorrupt(f"向量库读不了:{error}。", REMEDY) from error
    if counts != manifest.counts:
        raise IndexCorrupt(f"向量库有 {counts} 条,清单记为 {manifest.counts} 条。", REMEDY)
    return passages, questions
