"""A Chroma server as operators run it: the package's own ``chroma run``, in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
from chromadb import HttpClient
from chromadb.config import Settings as ChromaSettings

START_LIMIT_S = 60.0


class ChromaServer:
    """A server that can be killed, started again on the same data, and emptied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            self._port = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, unless it is running, and wait until it answers."""
        if self._process:
            return
        chroma = str(Path(sys.executable).with_name("chroma"))
        command = [chroma, "run", "--host", "127.0.0.1", "--port", str(self._port), "--path", str(self._folder)]
        environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + START_LIMIT_S
        while not self._answers():
            assert time.monotonic() < limit, "chroma run does not answer"
            assert self._process.poll() is None, "chroma run ended"
            time.sleep(0.05)

    def kill(self) -> None:
        """At once, as when its machine goes."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and says nothing, for as long as the block lasts."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def empty(self) -> None:
        """Start it again without its data."""
        self.kill()
        shutil.rmtree(self._folder)
        self.start()

    def collections(self, database: str) -> set[str]:
        """The names of what is in a database."""
        client = HttpClient(self.url, settings=ChromaSettings(anonymized_telemetry=False), database=database)
        return {collection.name for collection in client.list_collections()}

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1).is_success
        except httpx.HTTPError:
            return False


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaServer]:
    """A running server that keeps its data in a folder."""
    server = ChromaServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
