import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.model_server import ScriptedModel

StartUsing = Callable[..., TestClient]
"""Starts the API with a language model for the uses that are named, and further settings."""

Serve = Callable[[Settings], str]

GRACE_S = 10.0
"""A loaded machine is not wrong: this only tells what hangs."""


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The API in process, with its lifespan."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def own_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The project's index with a store of its own."""
    return settings.model_copy(update={"store_url": f"sqlite:///{tmp_path / 'store.db'}"})


@pytest.fixture
def hotline(own_settings: Settings) -> Iterator[TestClient]:
    """The API over the project's index, with a store of its own."""
    with TestClient(create_app(own_settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def own_project(settings: Settings, tmp_path: Path) -> Settings:
    """A copy of the project's corpus and index, to be changed."""
    return copy_project(settings, tmp_path)


@pytest.fixture
def start_using(own_settings: Settings, model: ScriptedModel) -> Iterator[StartUsing]:
    """The API over the project's index with the scripted model, as often as it is started."""
    with ExitStack() as stack:

        def start(*uses: str, **more: object) -> TestClient:
            return stack.enter_context(TestClient(create_app(model.settings(own_settings, llm_uses=uses, **more))))

        yield start


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The API on a port of its own, and its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts the API on a port of its own and tells its address: who leaves must be seen to leave."""
    with ExitStack() as stack:

        def start(settings: Settings) -> str:
            return stack.enter_context(served(settings))

        yield start
