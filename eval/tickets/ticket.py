"""A hotline ticket with its truth: what is demanded, what is private, whether a person has to decide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.dataset import SETS_DIR, rows

TICKETS_DIR = SETS_DIR / "tickets"


class TrueDemand(BaseModel):
    """One demand: where it stands in the text, how it should be treated, which sources it may go to."""

    model_config = ConfigDict(frozen=True)

    span: str
    status: Literal["answered", "partial", "outside"]
    gold: tuple[str, ...]
    also_ok: tuple[str, ...]

    @property
    def fitting(self) -> frozenset[str]:
        """The sources that may be cited for it."""
        return frozenset((*self.gold, *self.also_ok))


class Ticket(BaseModel):
    """A ticket; ``private`` are the pieces of personal data in its text."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    demands: tuple[TrueDemand, ...]
    private: tuple[str, ...]
    needs_human: bool

    @property
    def is_outside(self) -> bool:
        """Whether the notice deals with nothing in it."""
        return all(demand.status == "outside" for demand in self.demands)


def load_tickets(folder: Path = TICKETS_DIR) -> Iterator[Ticket]:
    """The tickets of the sets in a folder."""
    return map(Ticket.model_validate, rows(folder))
