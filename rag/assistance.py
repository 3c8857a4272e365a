"""What a hotline agent gets for a ticket: the demands with their answers, who should take it, a reply to edit."""

from collections.abc import Mapping
from dataclasses import dataclass

from rag.answer import Answer, Status


@dataclass(frozen=True, slots=True)
class AnsweredDemand:
    """One need of the ticket, in its own words, and the answer to it."""

    text: str
    answer: Answer

    @property
    def is_outside(self) -> bool:
        """Whether the notice has nothing on it."""
        return not self.answer.citations

    @property
    def is_led(self) -> bool:
        """Whether its notice says who leads."""
        return bool(self.answer.citations and self.answer.citations[0].source.lead)

    @property
    def lead(self) -> tuple[str, ...]:
        """Who leads, as printed; who is responsible where the notice makes no difference."""
        source = self.answer.citations[0].source if self.answer.citations else None
        return (source.lead or source.responsible) if source else ()

    @property
    def cooperating(self) -> tuple[str, ...]:
        """Who joins, as printed."""
        return self.answer.citations[0].source.cooperating if self.answer.citations else ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Who should take the ticket, why, and whether a person has to decide."""

    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    reason: str
    needs_human: bool
    is_threat: bool = False


@dataclass(frozen=True, slots=True)
class Assistance:
    """A ticket worked through. No text in it holds personal data."""

    masked_text: str
    demands: tuple[AnsweredDemand, ...]
    dispatch: Dispatch
    draft_reply: str
    timings_ms: Mapping[str, float]

    @property
    def status(self) -> Status:
        """The demands' status if they share one; ``partial`` if only some of them are answered."""
        found = {demand.answer.status for demand in self.demands}
        return found.pop() if len(found) == 1 else "partial"
