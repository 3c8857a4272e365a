"""All sources to choose from, as 第12条 title."""

from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.site import Site
from ui.web.source import label
from ui.web.wording import card_texts


def source_choices(site: Site) -> Callable[[gr.Request], Awaitable[dict[str, Any]]]:
    """What fills a drop-down with the sources of all notices."""
    card = card_texts(site.wording.language)

    async def filled(request: gr.Request) -> dict[str, Any]:
        try:
            found = await site.client(request).measures()
        except ApiError:
            found = []
        named = [(f"{label(each, card)} {each['title']}", each["id"]) for each in found]
        update: dict[str, Any] = gr.update(choices=named)
        return update

    return filled
