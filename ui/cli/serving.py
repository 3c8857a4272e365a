"""policyqa serve: the one place where the API and the web page are put together."""

from threading import Thread

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from ingest.settings import Settings, load_settings
from ui.cli.console import configure_logging


def build_site(settings: Settings) -> FastAPI:
    """The API with the web page mounted at /."""
    app = create_app(settings)
    Thread(target=app.state.served_index.warm_up, daemon=True).start()
    # Gradio takes seconds to import; meanwhile the index is being opened.
    from ui.web.mount import mount_page

    mount_page(app)
    return app


SHUTDOWN_S = 5
"""Running answers may finish; open pages hold a connection for ever and are not waited for."""


def run_server(host: str, port: int) -> None:
    """Serve until interrupted."""
    settings = load_settings()
    configure_logging(settings.log_level)
    uvicorn.run(
        build_site(settings),
        host=host,
        port=port,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )
