"""A server under measurement: started on a free port with a store of its own, stopped in the end."""

import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import httpx

START_LIMIT_S = 120
SAMPLE_EVERY_S = 1.0
_NOTHING: Mapping[str, str] = {}


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
        return self._memory_mib("VmHWM")

    def resident_mib(self) -> int:
        """Resident memory now in MiB."""
        return self._memory_mib("VmRSS")

    def cpu_seconds(self) -> float:
        """Processor time used so far, of all cores together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def sampled_mib(self) -> Iterator[list[int]]:
        """Resident memory in MiB, once a second while inside."""
        samples, over = [self.resident_mib()], Event()

        def sample() -> None:
            while not over.wait(SAMPLE_EVERY_S):
                samples.append(self.resident_mib())

        thread = Thread(target=sample)
        thread.start()
        try:
            yield samples
        finally:
            over.set()
            thread.join()

    def _memory_mib(self, field: str) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        match = re.search(rf"{field}:\s+(\d+) kB", status)
        return int(match[1]) // 1024 if match else 0


@contextmanager
def running(
    command: Sequence[str], question: str, environment: Mapping[str, str] = _NOTHING, cwd: Path | None = None
) -> Iterator[Server]:
    """Start ``command`` with --port, wait until it answers ``question``, stop it afterwards.

    Its store is its own unless ``environment`` names another. Raises TimeoutError if it does not answer or ends.
    """
    with tempfile.TemporaryDirectory() as folder:
        port, started = _free_port(), time.perf_counter()
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, "POLICYQA_STORE_URL": f"sqlite:///{folder}/store.db", **environment},
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                _wait_for_answer(client, question, started, process)
                yield Server(client, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait()


def _wait_for_answer(client: httpx.Client, question: str, started: float, process: subprocess.Popen[bytes]) -> None:
    while time.perf_counter() - started < START_LIMIT_S and process.poll() is None:
        try:
            if client.post("/v1/ask", json={"question": question}).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(f"no answer within {START_LIMIT_S} s, exit code {process.poll()}: {process.args!r}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
