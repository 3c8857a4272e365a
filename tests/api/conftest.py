from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings
from tests.conftest import copy_project


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
