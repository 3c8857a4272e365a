"""A source with what retrieval found for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.notice import Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """One source for one question.

    ``fused`` is the fused score (z-score units), ``features`` the raw evidence by name (rag.fusion.FEATURES),
    ``sentence_cosines`` the cosines of those of its sentences that were among the nearest, by position,
    ``outside`` how near the nearest questions are that the corpus does not deal with (mean cosine). ``has_bank``:
    questions are banked for its notice; where none are, only the notice's own words are evidence.
    """

    source_id: str
    source: Source
    fused: float
    features: Mapping[str, float]
    sentence_cosines: Mapping[int, float]
    outside: float
    has_bank: bool = True

    @property
    def notice_id(self) -> str:
        """The notice this source belongs to."""
        return self.source_id.rpartition("/")[0]
