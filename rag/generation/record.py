"""What is kept of one attempt to have an answer worded by a language model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.verification import Reason

Outcome = Literal["generated", "unverified", "late", "unavailable"]
"""What came of it: sentences that were verified; none that could be; none in time; no model that answered."""


@dataclass(frozen=True, slots=True)
class Generation:
    """How an answer came to its words. ``sentences`` are shown, ``dropped`` counts the others by reason.

    ``model`` is "" and ``tokens`` (read and written) 0 where none answered; a server may not tell its tokens.
    """

    outcome: Outcome
    prompt: str
    model: str
    tokens: int
    elapsed_ms: float
    sentences: tuple[str, ...] = ()
    dropped: Mapping[Reason, int] = field(default_factory=dict)
