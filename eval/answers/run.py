"""A run on disk: what one target replied to one set of questions.

``run.json`` says what was asked of what, ``replies.jsonl`` and ``tickets.jsonl`` hold a reply a line, beside the
question as it was asked.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from eval.dataset import Item
from eval.targets.reply import Reply, TicketReply
from ingest.errors import CorpusError, UnknownRun
from ingest.publication import write_atomically

_RUN, _REPLIES, _TICKETS = "run.json", "replies.jsonl", "tickets.jsonl"


class RunInfo(BaseModel):
    """What was asked of what, and when. ``questions`` is the digest of the items, in any order."""

    target: str
    at: datetime
    index_version: str
    encoder: str
    questions: str


class _KeptReply(BaseModel):
    question: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Run:
    """A run in ``folder``."""

    folder: Path

    @property
    def info(self) -> RunInfo:
        """What was asked of what. Raises UnknownRun."""
        try:
            return RunInfo.model_validate_json((self.folder / _RUN).read_bytes())
        except (OSError, ValidationError) as error:
            raise UnknownRun(self.folder) from error

    def begin(self, info: RunInfo) -> None:
        """Start anew: earlier replies are gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.folder / _RUN, info.model_dump_json(indent=1))
        for name in (_REPLIES, _TICKETS):
            (self.folder / name).write_bytes(b"")

    def keep(self, replies: Iterable[tuple[Item, Reply]]) -> None:
        """Add replies, each as it comes: what is there when somebody interrupts is kept."""
        with (self.folder / _REPLIES).open("a", encoding="utf-8") as file:
            for item, reply in replies:
                file.write(_KeptReply(question=item.question, reply=reply).model_dump_json() + "\n")
                file.flush()

    def keep_tickets(self, replies: Iterable[TicketReply]) -> None:
        """Add replies to tickets."""
        with (self.folder / _TICKETS).open("ab") as file:
            for reply in replies:
                file.write(_TICKET_REPLY.dump_json(reply) + b"\n")

    def replies(self, items: Sequence[Item]) -> Iterator[tuple[Item, Reply]]:
        """Every one of these items that was asked, with the reply.

        Raises CorpusError if an item's question is not the one that was asked: its reply says nothing of it.
        """
        by_id = {item.id: item for item in items}
        for kept in map(_KeptReply.model_validate_json, self._lines(_REPLIES)):
            if (item := by_id.get(kept.reply.id)) is None:
                continue
            if item.question != kept.question:
                raise CorpusError(f"{item.id} 的问题改过了,{self.folder.name} 里的答复是对旧问题的。", "请重新提问。")
            yield item, kept.reply

    def tickets(self) -> Iterator[TicketReply]:
        """Every reply to a ticket."""
        return map(_TICKET_REPLY.validate_json, self._lines(_TICKETS))

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            return iter((self.folder / name).read_bytes().splitlines())
        except OSError as error:
            raise UnknownRun(self.folder) from error


_TICKET_REPLY = TypeAdapter(TicketReply)


def folder_name(target: str) -> str:
    """A name that a folder can have."""
    return re.sub(r"[^\w.-]+", "-", target.removeprefix("http://").removeprefix("https://")).strip("-")


def digest(items: Iterable[Item]) -> str:
    """The same for the same items, whatever their order; another if a question or its truth is changed."""
    stated = sorted(
        json.dumps(
            [item.id, item.question, item.said, sorted(item.gold), sorted(item.also_ok), sorted(item.statuses)],
            ensure_ascii=False,
        )
        for item in items
    )
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()[:16]


def now() -> datetime:
    """The time, with zone, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
