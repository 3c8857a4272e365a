"""The one endpoint of the pages that is for programs: /ask, for gradio_client and Gradio's own web client."""

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
from gradio.events import api

from ui.web.client import ApiError
from ui.web.site import Site

NAME = "ask"


def build_endpoint(site: Site) -> None:
    """The endpoint, inside an open Blocks context."""

    async def ask(
        question: str,
        request: gr.Request,
        history: list[dict[str, str]] | None = None,
        notice: str | None = None,
    ) -> AsyncIterator[dict[str, Any]]:
        """Ask as POST /v1/ask: status, citations and the answer as far as it got, in the end the whole response."""
        so_far: dict[str, Any] = {"answer": ""}
        try:
            async for event, data in site.client(request).ask_stream(question, history or [], notice or ""):
                if event == "delta":
                    so_far = {**so_far, "answer": so_far["answer"] + data["text"]}
                elif event == "done":
                    so_far = data
                else:
                    so_far = {**so_far, **data}
                yield so_far
        except ApiError as error:
            raise gr.Error(str(error), print_exception=False) from error

    api(ask, api_name=NAME)
