"""What a check found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "attention", "failed"]
"""All is well; the service runs, but something should be done; the service, or that part of it, does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``remedy`` says what to do; empty where nothing needs to be done."""

    subject: str
    state: State
    seen: str
    remedy: str = ""
