from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.model_server import ScriptedModel

StartUsing = Callable[..., TestClient]
"""Starts the API with a language model for the uses that are named, and further settings."""


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
