"""A question with its ground truth."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.dataset.places import CARD_FILE
from rag.answer import Status
from rag.dialogue import Message

Expected = Literal["answered", "partial", "refused"]
DECLINED: frozenset[Status] = frozenset({"no_evidence", "out_of_scope"})
"""Two ways of saying that the notice has nothing on it; which one is a matter of taste."""

_KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))

_NOTICE: str = tomllib.loads(CARD_FILE.read_text(encoding="utf-8"))["notice"]

Alternatives = tuple[str, ...]
"""Wordings of one fact, any of which will do."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question and what a right answer is.

    ``gold`` are the sources that must be cited, ``also_ok`` those that may be (keys as M12); ``lead`` who leads the
    gold ones, as printed. ``statuses`` are the right treatments, of which any will do. An answer has to say every fact
    of ``must_say`` and nothing of ``must_not_say``. ``notice``: the one that is asked about, where
    that is stated with the question; its truth is of the notice of the sets otherwise.
    """

    id: str
    set: str
    kind: str
    type: str
    language: str
    question: str
    gold: frozenset[str]
    also_ok: frozenset[str]
    lead: tuple[str, ...]
    statuses: frozenset[Status]
    history: tuple[Message, ...] = ()
    must_say: tuple[Alternatives, ...] = ()
    must_not_say: tuple[str, ...] = ()
    notice: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the notice answers it."""
        return "answered" in self.statuses

    @property
    def is_of_catalogue(self) -> bool:
        """Whether it asks of the notice's parts (lists, counts, numbers) rather than of a matter."""
        return self.kind in _KINDS["catalogue"]

    @property
    def is_exact(self) -> bool:
        """Whether its answer has to cite all of ``gold`` and nothing else."""
        return self.kind in _KINDS["exact"]

    @property
    def of_notice(self) -> str:
        """The notice that its sources are of."""
        return self.notice or _NOTICE

    def key_of(self, source_id: str) -> str:
        """A source as the item names it: by its key (M12) if it is of the item's notice, else by its whole id."""
        notice, _, key = source_id.rpartition("/")
        return key if notice == self.of_notice else source_id

    @property
    def said(self) -> str:
        """Everything that was said up to and with the question."""
        return " ".join((*(message.content for message in self.history), self.question))

    @property
    def fitting(self) -> frozenset[str]:
        """The sources that an answer may cite."""
        return self.gold | self.also_ok

    @property
    def expected(self) -> Expected:
        """The right treatment in one word: an answer, an honest half, or a refusal."""
        if self.answerable:
            return "answered"
        return "partial" if "partial" in self.statuses else "refused"

    def is_right(self, status: Status) -> bool:
        """Whether ``status`` is a right treatment."""
        return status in self.statuses or (status in DECLINED and bool(DECLINED & self.statuses))
