"""policyqa serve: the one place where the API and the web page are put together."""

import logging
import os
from functools import partial
from threading import Thread, main_thread
from threading import enumerate as enumerate_threads

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.observing.logs import configure_logs
from ingest.settings import Settings, load_settings
from rag.generation.queries import DEADLINE_SHARE
from ui.cli.binding import check_binding
from ui.cli.server import Server

logger = logging.getLogger(__name__)


def build_site(settings: Settings) -> FastAPI:
    """The API with the web page mounted at /."""
    app = create_app(settings)
    Thread(target=app.state.served_index.warm_up, daemon=True).start()
    # Gradio takes seconds to import; meanwhile the index is being opened.
    from ui.web.mount import mount_page

    mount_page(app)
    return app


MARGIN_S = 2
"""What an answer takes besides the language model."""

KEEP_ALIVE_S = 75
"""Longer than a proxy in front keeps its idle connections (nginx: 60 s), so that it never sends into a closed one."""

MAX_HEAD_BYTES = 32 * 1024
"""Of address and headers, with all cookies. Only h11 has such a limit: httptools reads headers without end."""


def run_server(host: str, port: int) -> None:
    """Serve until interrupted. Raises PublicBindRefused."""
    settings = load_settings()
    is_open = check_binding(settings, host)
    configure_logs(settings.log_level, settings.log_format)
    if is_open:
        logger.warning("no key was ever made: open to everybody on this machine, and only there; see policyqa keys add")
    site = build_site(settings)
    config = uvicorn.Config(
        site,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        http="h11",
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        ws="none",
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
    )
    answers_s = settings.llm_deadline_s * (1 + DEADLINE_SHARE) + MARGIN_S if site.state.models else MARGIN_S
    Server(config, site.state.draining, answers_s, partial(_close_pages, site)).run()
    _leave()


def _close_pages(site: FastAPI) -> None:
    from ui.web.mount import close_pages

    close_pages(site)


def _leave() -> None:
    """End the process. A thread that is still indexing is not waited for: what it publishes is whole or not there."""
    logging.shutdown()
    if any(thread is not main_thread() and not thread.daemon for thread in enumerate_threads()):
        os._exit(0)
