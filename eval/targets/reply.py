"""What a target made of one question, as it is stored: scoring needs nothing else of the target."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.answer import Status


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that an answer rests on: its key (M12), who leads it according to the target, the words quoted."""

    source: str
    lead: tuple[str, ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A target's reply to the item ``id``, after ``seconds``.

    ``status`` is None where a target has no way to say no; such a target cites what it would show, its first.
    ``ranking``: source keys, best first, what is cited at the head. ``trace``: how it came about, to be read.
    ``failure``: why there is no reply; the rest is empty then.
    """

    id: str
    seconds: float
    status: Status | None = None
    text: str = ""
    citations: tuple[Cited, ...] = ()
    ranking: tuple[str, ...] = ()
    confidence: float | None = None
    trace: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it sends the person somewhere: in full, in part, or by asking which of several."""
        return not self.failure and self.status in (None, "answered", "partial", "clarify")

    @property
    def cited(self) -> tuple[str, ...]:
        """Keys of what is cited."""
        return tuple(each.source for each in self.citations)


@dataclass(frozen=True, slots=True)
class AnsweredDemand:
    """One demand of a ticket in its own words, how it was treated, and what is cited for it."""

    text: str
    status: Status
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TicketReply:
    """What a target made of the ticket ``id``; ``texts`` are all texts that it would keep or show."""

    id: str
    seconds: float
    demands: tuple[AnsweredDemand, ...]
    needs_human: bool
    texts: tuple[str, ...]
