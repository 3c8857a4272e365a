"""The two Chroma collections of a segment, open, wherever they are."""

from collections.abc import Callable
from dataclasses import dataclass

from chromadb.api.models.Collection import Collection

from ingest.errors import IndexCorrupt
from ingest.index.layout import PASSAGES, QUESTIONS
from ingest.index.manifest import REMEDY, SegmentManifest


@dataclass(frozen=True, slots=True)
class CollectionPair:
    """Passages of the notices, and banked questions; ``close`` releases what is behind them, if anything is."""

    passages: Collection
    questions: Collection
    close: Callable[[], None] = lambda: None

    def check(self, manifest: SegmentManifest) -> None:
        """Raises IndexCorrupt if there are more or fewer vectors than the manifest says."""
        counts = {PASSAGES: self.passages.count(), QUESTIONS: self.questions.count()}
        if counts != manifest.counts:
            raise IndexCorrupt(f"向量库有 {counts} 条,清单记为 {manifest.counts} 条。", REMEDY)
