"""What reading a document came to: the catalogue, and how far each part of it can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.notice import Notice

CERTAIN = 1.0
DOUBTFUL = 0.8
"""What was understood with less confidence than this is shown to the operator to be looked at."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that a person should look at: the 1-based line of the document, and what is odd about it."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A notice as it was understood.

    ``region`` is the place that it is in force in, as a full name (上海市虹口区), empty if nothing tells; ``year`` the
    year that it is about. ``confidence`` (0..1) is given for the notice's own facts (title, issuer, issued_on,
    document_number, region, year), for ``outline`` as a whole, and for each source by its key (M12); what is not
    listed is certain.
    """

    notice: Notice
    region: str = ""
    year: int | None = None
    oddities: tuple[Oddity, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)

    def trust_in(self, element: str) -> float:
        """The confidence in one element, 0..1."""
        return self.confidence.get(element, CERTAIN)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The elements that a person should look at."""
        return tuple(element for element, trust in self.confidence.items() if trust < DOUBTFUL)
