"""A segment of the index, opened for reading: some notices with everything that is searched in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where
from chromadb.errors import ChromaError

from ingest.corpus import CorpusNotice
from ingest.encoder import Vectors
from ingest.errors import IndexCorrupt
from ingest.index.folder_host import FolderHost
from ingest.index.layout import BANK, BANK_SOUND, LEXICON, NOTICES, SOUND
from ingest.index.lexicon import Lexicon, open_lexicon
from ingest.index.manifest import REMEDY, SegmentManifest, load_segment_manifest
from ingest.index.passages import PassageKind, notice_of
from ingest.index.record import read_record
from ingest.index.vector_host import VectorHost

Hits = Sequence[tuple[str, float]]
"""Passage ids with their cosines, nearest first."""

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
    passages: Collection
    questions: Collection
    lexicon: Lexicon
    bank: Lexicon
    sound: Lexicon
    bank_sound: Lexicon
    close: Callable[[], None]
    """Releases what the vectors need open."""

    @cached_property
    def notice_ids(self) -> frozenset[str]:
        """The notices that lie in it."""
        return frozenset(entry.id for entry in self.notices)

    def part(self, wanted: frozenset[str]) -> Part | None:
        """Those of the wanted notices that lie in it; None if that is all of it."""
        kept = self.notice_ids & wanted
        return None if kept == self.notice_ids else Part(kept, len(kept) / len(self.notices))


def open_segment(host: VectorHost, folder: Path) -> Segment:
    """Open a segment. Raises IndexCorrupt if it is not what its manifest promises, VectorsUnavailable."""
    manifest = load_segment_manifest(folder)
    if manifest.vectors_in != host.vectors_in:
        raise IndexCorrupt("索引的向量不在设置 chroma_url 所说的地方。", REMEDY)
    notices = tuple(read_record(folder / NOTICES / f"{name}.json") for name in sorted(manifest.notices))
    lexicon, bank, sound, bank_sound = (open_lexicon(folder / name) for name in (LEXICON, BANK, SOUND, BANK_SOUND))
    pair = host.open(manifest, folder)
    return Segment(manifest, notices, pair.passages, pair.questions, lexicon, bank, sound, bank_sound, pair.close)


def check_segment(folder: Path) -> SegmentManifest:
    """The manifest of a segment whose folder is whole. Raises IndexCorrupt."""
    manifest, here = load_segment_manifest(folder), FolderHost()
    if manifest.vectors_in == here.vectors_in:
        here.open(manifest, folder).close()
    return manifest


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
    try:
        found = collection.query(query_embeddings=vector, n_results=count, where=where, include=["distances"])
    except ChromaError as error:
        # It was whole when it was opened, and stays open: what has been built again is seen by who opens it anew.
        raise IndexCorrupt("向量库读不了,可能已损坏。", "请运行 policyqa ingest 重建,再重启服务。") from error
    distances = found["distances"]
    assert distances is not None
    return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]
