"""Pages for staff: shown to whoever has the role, with a way to sign in to everybody else. The API decides anyway."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.site import Site

ROLES = ("public", "agent", "reviewer", "operator")
"""The API's roles, each including those before it."""


@contextmanager
def guarded(site: Site, page: gr.Blocks, name: str, role: str) -> Iterator[None]:
    """Components made inside are shown only to those who have ``role``; ``name`` is the page to come back to."""

    async def look(request: gr.Request) -> tuple[str, dict[str, Any]]:
        refused = await refusal(site, name, role, request)
        return refused, gr.update(visible=not refused)

    closed = Html(site.render("note", message=site.say("site.loading")))
    with gr.Column(visible=False) as content:
        yield
    page.load(look, None, [closed, content], api_visibility="private", show_progress="hidden")


async def refusal(site: Site, name: str, role: str, request: gr.Request) -> str:
    """HTML that says why the page ``name`` is closed to whoever asks; nothing if they have ``role``."""
    try:
        session = await site.client(request).session()
    except ApiError as error:
        return site.render("closed", message=str(error), signed_in=False, next=site.path(name))
    if ROLES.index(session["role"]) >= ROLES.index(role):
        return ""
    who, wanted = session["name"], site.say(f"sign_in.{role}")
    message = site.say("sign_in.too_low", name=who, role=wanted) if who else site.say("sign_in.needed", role=wanted)
    return site.render("closed", message=message, signed_in=bool(who), next=site.path(name))
