"""What the store keeps, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from api.contract import CandidateState, FeedbackVerdict, KeyRole

Verdict = FeedbackVerdict
Kind = Literal["ask", "assist"]
State = CandidateState


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """What was asked, masked, and what was suggested. ``sources`` and ``leads``: the first of each demand, in order.

    ``vector`` is the text's embedding, for finding similar ones; ``seconds`` what the answer took.
    """

    trace_id: str
    kind: Kind
    at: datetime
    text: str
    status: str
    sources: tuple[str, ...]
    leads: tuple[str, ...]
    response: Mapping[str, Any]
    seconds: float
    ticket_id: str | None = None
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an answer. ``text``: the reason, or the edited reply, masked."""

    trace_id: str
    at: datetime
    who: str
    verdict: Verdict
    correct_sources: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question for the question bank as a decision proposes it: what was ``suggested``, what would be right."""

    question: str
    suggested: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question for the question bank, to be reviewed: what was ``suggested``, and the ``sources`` that are proposed.

    Without sources it is proposed as one that the notice does not answer. One that a language model drafted came of no
    exchange: it has neither trace nor verdict, and nothing was suggested.
    """

    id: int
    trace_id: str | None
    at: datetime
    question: str
    suggested: tuple[str, ...]
    sources: tuple[str, ...]
    verdict: Verdict | None
    proposed_by: str
    state: State = "proposed"
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of tickets: how many of its rows are done."""

    id: str
    name: str
    total: int
    done: int
    finished: bool


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key that was handed out, never the key itself: ``sha256`` is the digest of it, in hex."""

    id: int
    name: str
    role: KeyRole
    sha256: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when."""

    at: datetime
    who: str
    what: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many exchanges, how many of them were decided on, and how many of those accepted as they were."""

    exchanges: int
    decided: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the notice itself asks of such a service (measure 43): how many, how fast, how satisfied.

    ``by_department`` goes by the lead ones, ``by_source`` by the first one cited.
    """

    exchanges: int = 0
    within_a_minute: int = 0
    decided: int = 0
    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    by_department: Mapping[str, Tally] = field(default_factory=dict)
    by_source: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def share_within_a_minute(self) -> float | None:
        """Share of the exchanges that were answered within a minute; None if there were none."""
        return self.within_a_minute / self.exchanges if self.exchanges else None

    @property
    def satisfaction(self) -> float | None:
        """Share of the decided that were accepted as they were; None if nothing was decided."""
        return self.accepted / self.decided if self.decided else None
