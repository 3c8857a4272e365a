"""Whether the process is up and can answer."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """GET /healthz."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """GET /readyz when the index and the encoder are loaded."""

    status: Literal["ready"] = "ready"
    version: str
    encoder: str
    notices: list[str]
