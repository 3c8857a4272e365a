"""Putting the site into a FastAPI application that serves the API."""

import warnings
from pathlib import Path

import gradio as gr
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from gradio.routes import App
from starlette.routing import Mount

from ui.web.client import ApiClient, ApiError, NotFound
from ui.web.in_process import InProcess
from ui.web.page import build_pages, theme
from ui.web.sign_in import sign_in_routes
from ui.web.site import Site
from ui.web.source_page import department_page, missing_page, source_page
from ui.web.wording import PAGE_LANGUAGES

ASSETS = Path(__file__).parent / "assets"
_NOT_FOUND, _UNAVAILABLE = 404, 503


def mount_page(app: FastAPI) -> None:
    """Serve the site at / and /en, its files at /pq, calling the API in process through its HTTP contract."""
    client = ApiClient(InProcess(app))
    app.mount("/pq", StaticFiles(directory=ASSETS))
    sites = [Site(client, language) for language in PAGE_LANGUAGES]
    for site in sites:
        app.include_router(sign_in_routes(site))
        app.include_router(_plain_pages(site))
    # What is mounted at / takes every address that is left.
    for site in reversed(sites):
        _mount(app, site)


def close_pages(app: FastAPI) -> None:
    """End the connections that open pages hold for ever; an answer that is still being given would be cut off."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, App):
            route.app.stop_event.set()


def _mount(app: FastAPI, site: Site) -> None:
    with warnings.catch_warnings():
        # Gradio warns that it leaves out server-side rendering, which is what it is told to do.
        warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)
        gr.mount_gradio_app(
            app,
            build_pages(site),
            path=site.wording.prefix or "/",
            head=site.render("head"),
            theme=theme(),
            # Gradio takes one for the whole address only.
            favicon_path=None if site.wording.prefix else str(ASSETS / "favicon.svg"),
            footer_links=[],
            show_error=False,
            ssr_mode=False,
        )


def _plain_pages(site: Site) -> APIRouter:
    router = APIRouter(prefix=site.wording.prefix, include_in_schema=False)

    @router.get("/notices/{notice}/{key}")
    async def show_source(request: Request, notice: str, key: str, quote: str = "") -> HTMLResponse:
        try:
            return HTMLResponse(await source_page(site, site.client(request), notice, key, quote))
        except ApiError as error:
            return _missing(site, error)

    @router.get("/departments/{name}")
    async def show_department(request: Request, name: str) -> HTMLResponse:
        try:
            return HTMLResponse(await department_page(site, site.client(request), name))
        except ApiError as error:
            return _missing(site, error)

    return router


def _missing(site: Site, error: ApiError) -> HTMLResponse:
    status = _NOT_FOUND if isinstance(error, NotFound) else _UNAVAILABLE
    return HTMLResponse(missing_page(site, error), status_code=status)
