"""Processes of the API as replicas of one service: real ones, with ports of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

START_LIMIT_S = 90.0
_SERVE = (
    "import sys, uvicorn; from api.app import create_app; from ingest.settings import load_settings; "
    "uvicorn.run(create_app(load_settings()), port=int(sys.argv[1]), log_level='error')"
)


@dataclass(frozen=True, slots=True)
class Replica:
    """One process and a client for it."""

    client: httpx.Client

    def ask(self, question: str) -> httpx.Response:
        return self.client.post("/v1/ask", json={"question": question})

    def version(self) -> Any:  # noqa: ANN401 - JSON
        """The version of the index that it answers from; None while it has none."""
        return self.client.get("/readyz").json().get("version")


@contextmanager
def replica(environment: Mapping[str, str]) -> Iterator[Replica]:
    """A process with settings from the environment."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(port)], env={**os.environ, **environment})
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            yield Replica(client)
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(started: Replica) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while True:
        try:
            if started.client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < limit, "the replica is not ready"
        time.sleep(0.05)
