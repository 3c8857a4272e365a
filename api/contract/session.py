"""Who the caller is and what the caller may do."""

from typing import Literal

from pydantic import BaseModel

KeyRole = Literal["agent", "reviewer", "operator"]
Role = Literal["public", KeyRole]
"""Ascending: each may do what those before it may."""


class Session(BaseModel):
    """GET /v1/session: as whom the caller is known. ``open``: no key was ever made, everybody may do everything."""

    role: Role
    name: str | None
    open: bool
