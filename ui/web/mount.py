"""Mounting the page on the API's application."""

import gradio as gr
import httpx
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from ui.web.client import ApiClient, ApiError
from ui.web.page import ASSETS, build_page, theme
from ui.web.source_page import missing_page, source_page


def mount_page(app: FastAPI) -> None:
    """Serve the page at / and the sources at /notices/…, calling the API in process through its HTTP contract."""
    client = ApiClient(httpx.ASGITransport(app))

    @app.get("/notices/{notice}/{key}", include_in_schema=False)
    async def show_source(notice: str, key: str) -> HTMLResponse:
        try:
            return HTMLResponse(source_page(await client.measure(notice, key), await client.notice(notice)))
        except ApiError as error:
            return HTMLResponse(missing_page(str(error)), status_code=404)

    gr.mount_gradio_app(
        app,
        build_page(client),
        path="/",
        css_paths=[ASSETS / "style.css"],
        theme=theme(),
        footer_links=[],
        show_error=False,
        ssr_mode=False,
    )
