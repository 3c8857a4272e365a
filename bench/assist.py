"""/v1/assist: one agent, warm, beside /v1/ask; then sixteen agents at once; then a table of a thousand tickets.

python -m bench.assist

Absolute times depend on the machine; the ratio between a ticket and a question in one run is what counts.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import httpx

from bench.server import running
from eval.dataset import load_standalone
from eval.tickets.ticket import load_tickets

POLICYQA = str(Path(sys.executable).with_name("policyqa"))
WARM_UP = 20
AGENTS, SECONDS = 16, 60.0
TABLE = 1000


def main() -> None:
    """Measure and print all three."""
    tickets = [ticket.text for ticket in load_tickets()]
    questions = [item.question for item in load_standalone()][: len(tickets)]
    with running([POLICYQA, "serve"], questions[0]) as server:
        for text in tickets[:WARM_UP]:
            _latency_ms(server.client, "/v1/assist", {"text": text})
        assist = [_latency_ms(server.client, "/v1/assist", {"text": text}) for text in tickets]
        ask = [_latency_ms(server.client, "/v1/ask", {"question": question}) for question in questions]
        print(f"one agent, {os.cpu_count()} cores: {_line(assist)}; a question: {_line(ask)}")
        print(f"a ticket takes {statistics.median(assist) / statistics.median(ask):.1f} times as long as a question")
        with ThreadPoolExecutor(AGENTS) as agents:
            busy = list(
                agents.map(lambda number: _work(server.url, tickets[number:] + tickets[:number]), range(AGENTS))
            )
        latencies = [latency for found, _ in busy for latency in found]
        errors = sum(count for _, count in busy)
        print(
            f"{AGENTS} agents for {SECONDS:.0f} s: {len(latencies) / SECONDS:.1f} tickets/s, {errors} errors, "
            f"{_line(latencies)}, peak memory {server.peak_mib()} MiB"
        )
    print(f"a table of {TABLE} tickets: {_table_s(tickets):.1f} s")


def _work(url: str, tickets: Sequence[str]) -> tuple[list[float], int]:
    """One agent: ticket after ticket until the time is up; latencies in milliseconds, and failures."""
    latencies: list[float] = []
    errors, until = 0, time.perf_counter() + SECONDS
    with httpx.Client(base_url=url, timeout=30) as client:
        for text in cycle(tickets):
            if time.perf_counter() >= until:
                return latencies, errors
            try:
                latencies.append(_latency_ms(client, "/v1/assist", {"text": text}))
            except httpx.HTTPError:
                errors += 1
    return latencies, errors


def _latency_ms(client: httpx.Client, path: str, body: dict[str, str]) -> float:
    started = time.perf_counter()
    client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"}).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _table_s(tickets: Sequence[str]) -> float:
    """Seconds that `policyqa assist` takes for a table, with a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        table, answers = Path(folder) / "tickets.csv", Path(folder) / "answers.xlsx"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["编号", "工单内容"])
            writer.writerows(enumerate(islice(cycle(tickets), TABLE), start=1))
        started = time.perf_counter()
        subprocess.run(
            [POLICYQA, "assist", str(table), "-o", str(answers)],
            env={**os.environ, "POLICYQA_STORE_URL": f"sqlite:///{folder}/store.db"},
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - started


def _line(latencies: Sequence[float]) -> str:
    return f"p50 {statistics.median(latencies):.0f} ms, p95 {statistics.quantiles(latencies, n=20)[-1]:.0f} ms"


if __name__ == "__main__":
    main()
