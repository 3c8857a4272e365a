"""Which demand of an answer is which of the ticket: the one that covers half of its words."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from rag.privacy import mask

COVERED = 0.5


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


Demand = TypeVar("Demand", bound=_HasText)


def matching(span: str, demands: Sequence[Demand]) -> Demand | None:
    """The demand that covers most of the span, if it covers enough."""
    wanted = _bigrams(mask(span))
    best = max(demands, key=lambda demand: len(wanted & _bigrams(demand.text)), default=None)
    return best if best and len(wanted & _bigrams(best.text)) >= COVERED * len(wanted) else None


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
