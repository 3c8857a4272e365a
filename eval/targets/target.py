"""What can be measured: anything that replies to a question."""

from typing import Protocol, runtime_checkable

from eval.dataset import Item
from eval.targets.reply import Reply, TicketReply
from eval.tickets.ticket import Ticket


class Target(Protocol):
    """A system under measurement."""

    name: str

    def ask(self, item: Item) -> Reply:
        """The reply to the question of an item, its history before it. Failures are told in the reply."""

    def close(self) -> None:
        """Let go of what it holds."""


@runtime_checkable
class TicketTarget(Target, Protocol):
    """A system that works through tickets, too."""

    def assist(self, ticket: Ticket) -> TicketReply:
        """What it makes of a ticket."""
