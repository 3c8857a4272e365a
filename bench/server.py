"""A server under measurement: started on a free port with a store of its own, stopped in the end."""

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

START_LIMIT_S = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: a client for it, its process, seconds until its first answer."""

    client: httpx.Client
    pid: int
    first_answer_s: float

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self.client.base_url)

    def peak_mib(self) -> int:
        """Peak resident memory so far in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        match = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(match[1]) // 1024 if match else 0


@contextmanager
def running(command: Sequence[str], question: str) -> Iterator[Server]:
    """Start ``command`` with --port, wait until it answers ``question``, stop it afterwards. Raises TimeoutError."""
    with tempfile.TemporaryDirectory() as folder:
        port, started = _free_port(), time.perf_counter()
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, "POLICYQA_STORE_URL": f"sqlite:///{folder}/store.db"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                _wait_for_answer(client, question, started)
                yield Server(client, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait()


def _wait_for_answer(client: httpx.Client, question: str, started: float) -> None:
    while time.perf_counter() - started < START_LIMIT_S:
        try:
            if client.post("/v1/ask", json={"question": question}).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(f"no answer within {START_LIMIT_S} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
