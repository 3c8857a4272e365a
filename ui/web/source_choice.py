"""All sources to choose from, as 第12条 title."""

from collections.abc import Awaitable, Callable
from typing import Any

import gradio as gr

from ui.web.card import source_label
from ui.web.client import ApiClient, ApiError


def choices(client: ApiClient) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What fills a drop-down with the sources of all notices."""

    async def filled() -> dict[str, Any]:
        try:
            found = await client.measures()
        except ApiError:
            found = []
        named = [(f"{source_label(each)} {each['title']}", each["id"]) for each in found]
        update: dict[str, Any] = gr.update(choices=named)
        return update

    return filled
