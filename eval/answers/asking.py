"""Putting every question, and every ticket, to a target."""

from collections.abc import Iterator, Sequence

from eval.answers.run import Run, RunInfo, digest, now
from eval.dataset import Item
from eval.dialogue.changes import changes_of_subject
from eval.targets.reply import TicketReply
from eval.targets.target import Target, TicketTarget
from eval.tickets.ticket import Ticket
from ingest.index.manifest import Manifest
from ingest.progress import Progress, track


def ask(
    target: Target, items: Sequence[Item], tickets: Sequence[Ticket], manifest: Manifest, run: Run, progress: Progress
) -> None:
    """Keep the target's replies in ``run``.

    A target that holds conversations is asked in some of its own once more: after what it has answered the subject
    changes. Tickets are put to a target that takes them.
    """
    run.begin(
        RunInfo(
            target=target.name,
            at=now(),
            index_version=manifest.version,
            encoder=manifest.encoder,
            questions=digest(items),
        )
    )
    run.keep((item, target.ask(item)) for item in track(items, target.name, progress))
    replies = list(run.replies(items))
    if any(reply.status is not None for _, reply in replies):
        changes = list(changes_of_subject(replies))
        run.keep((item, target.ask(item)) for item in track(changes, f"{target.name}:换话题", progress))
    if tickets and isinstance(target, TicketTarget):
        run.keep_tickets(_assisted(target, tickets, progress))


def _assisted(target: TicketTarget, tickets: Sequence[Ticket], progress: Progress) -> Iterator[TicketReply]:
    for ticket in track(tickets, f"{target.name}:工单", progress):
        yield target.assist(ticket)
