"""Who the caller is and what the caller may do."""

from typing import Literal, get_args

from pydantic import BaseModel

Role = Literal["public", "agent", "reviewer", "operator"]
KeyRole = Role
"""A key of the public gives no more rights, but a share of the requests of its own."""
ROLES: tuple[Role, ...] = get_args(Role)
"""Ascending: each may do what those before it may."""


class Session(BaseModel):
    """GET /v1/session: as whom the caller is known. ``open``: no key was ever made, everybody may do everything.

    ``oidc``: staff may also sign in at the organisation's provider, by /sign-in/oidc.
    """

    role: Role
    name: str | None
    open: bool
    oidc: bool
