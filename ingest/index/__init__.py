"""The published index, opened for reading. What indexing writes is opened here."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

from ingest.corpus import Corpus
from ingest.encoder import Encoder, Vectors, open_encoder
from ingest.errors import IndexCorrupt, PolicyQAError
from ingest.index.layout import DEPARTMENTS, PASSAGES, current_version, index_dir, segment_dir, version_dir
from ingest.index.lexicon import keep_dictionary
from ingest.index.manifest import REMEDY, Manifest, load_manifest
from ingest.index.passages import PassageKind
from ingest.index.segment import Hits, Part, Segment, nearest, open_segment
from ingest.index.vector_host import VectorHost, vector_host
from ingest.register_file import load_departments
from ingest.settings import Settings

Collected = Literal["passages", "questions"]
Scope = Sequence[str] | None
"""The ids of the notices to search; None for all."""


@dataclass(frozen=True)
class Index:
    """One version of the index, open for reading. Its corpus is what it was built from."""

    manifest: Manifest
    corpus: Corpus
    encoder: Encoder
    segments: tuple[Segment, ...]
    host: VectorHost

    def within(self, scope: Scope) -> Iterator[tuple[Segment, Part | None]]:
        """The segments to search, each with the part of it to keep to; None where that is all of it."""
        wanted = None if scope is None else frozenset(scope)
        for segment in self.segments:
            if wanted is None or not wanted.isdisjoint(segment.notice_ids):
                yield segment, None if wanted is None else segment.part(wanted)

    def nearest(
        self, collected: Collected, vector: Vectors, count: int, scope: Scope = None, kind: PassageKind | None = None
    ) -> Hits:
        """The passages or banked questions nearest to one vector, over all segments."""
        found = [
            nearest(segment.passages if collected == PASSAGES else segment.questions, vector, count, part, kind)
            for segment, part in self.within(scope)
            if segment.manifest.counts[collected]
        ]
        if len(found) == 1:
            return found[0]
        return sorted((hit for hits in found for hit in hits), key=lambda hit: -hit[1])[:count]

    def verify(self) -> None:
        """Tell whether it can be searched now. Raises IndexCorrupt or VectorsUnavailable."""
        self.host.verify(self.manifest.segments)

    def close(self) -> None:
        """Release Chroma's files."""
        for segment in self.segments:
            segment.close()


def open_index(settings: Settings) -> Index:
    """Open the version in use.

    Raises IndexMissing if there is none, IndexCorrupt if it is not what its manifest promises, VectorsUnavailable.
    """
    return open_version(settings, current_version(settings))


def open_version(settings: Settings, version: str, opened: Iterable[Segment] = ()) -> Index:
    """Open one version of the index, with those of the ``opened`` segments that belong to it.

    Raises IndexCorrupt if it is not what its manifest promises.
    """
    folder = version_dir(settings, version)
    manifest = load_manifest(folder)
    encoder = open_encoder(settings)
    if encoder.name != manifest.encoder:
        raise IndexCorrupt(f"索引由编码模型 {manifest.encoder} 建立,现在设置的是 {encoder.name}。", REMEDY)
    keep_dictionary(index_dir(settings))
    host = vector_host(settings)
    known = {segment.manifest.name: segment for segment in opened}
    with ExitStack() as stack:
        segments = []
        for name in manifest.segments:
            if name not in known:
                known[name] = open_segment(host, segment_dir(settings, name))
                stack.callback(known[name].close)
            segments.append(known[name])
        notices = sorted((entry for segment in segments for entry in segment.notices), key=lambda entry: entry.id)
        if [entry.id for entry in notices] != sorted(manifest.notices):
            raise IndexCorrupt("索引各段的通知与清单不符。", REMEDY)
        try:
            corpus = Corpus(tuple(notices), load_departments(folder / DEPARTMENTS))
        except PolicyQAError as error:
            raise IndexCorrupt(f"索引中的部门名录读不了:{error.message}", REMEDY) from error
        stack.pop_all()
    return Index(manifest, corpus, encoder, tuple(segments), host)
