"""Where the vectors of segments live: each in its segment's folder, or all on a Chroma server."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, runtime_checkable

from ingest.corpus import CorpusNotice
from ingest.index.collection_pair import CollectionPair
from ingest.index.folder_host import FolderHost
from ingest.index.manifest import SegmentManifest, VectorsIn
from ingest.index.passages import Passage
from ingest.index.server_host import ServerHost
from ingest.index.vectors import Filling
from ingest.settings import Settings


# Pydantic, where a retriever is made, asks what an index consists of.
@runtime_checkable
class VectorHost(Protocol):
    """Keeps vectors. Every method may raise VectorsUnavailable."""

    vectors_in: VectorsIn

    def filling(
        self, segment: str, folder: Path, bases: Sequence[Path], wanted: Mapping[str, Passage]
    ) -> AbstractContextManager[Filling]:
        """The collections of a new segment, to be filled; ``folder`` is its own, ``bases`` those of other segments."""

    def open(self, manifest: SegmentManifest, folder: Path) -> CollectionPair:
        """The collections of a segment, for reading. Raises IndexCorrupt if they are not what it promises."""

    def verify(self, segments: Collection[str]) -> None:
        """Tell whether open segments can be searched now. Raises IndexCorrupt for one that is gone."""

    def keep_only(self, segments: Collection[str]) -> None:
        """Clear away the vectors of all other segments."""

    def grouped(self, notices: Sequence[CorpusNotice]) -> Iterator[tuple[CorpusNotice, ...]]:
        """New notices, by the segments that they shall be."""

    def merged(self, sizes: Mapping[str, int]) -> tuple[str, ...]:
        """The segments to be made one; ``sizes`` are passages by segment."""

    def segment_name(self, notices: Sequence[CorpusNotice], digest: str) -> str:
        """The name of a segment; ``digest`` tells what it is made of."""


def vector_host(settings: Settings) -> VectorHost:
    """Where the vectors of this installation live."""
    return ServerHost(settings) if settings.chroma_url else FolderHost()


def hosts_at_hand(settings: Settings) -> Mapping[VectorsIn, VectorHost]:
    """All that vectors can be read from: on the way to a server, those in folders are taken along."""
    folder, chosen = FolderHost(), vector_host(settings)
    return {folder.vectors_in: folder, chosen.vectors_in: chosen}
