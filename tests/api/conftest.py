from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """The API in process, with its lifespan."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
