"""Warm latency of /v1/ask over HTTP, and peak memory, beside a plain LangChain chain on the same weights.

    make bench

Both servers run in turn on this machine and get the same questions one after another over one connection.
Absolute times depend on the machine; the ratio is what counts.
"""

import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.server import running
from eval.dataset import SETS_DIR, load_items

WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds until the first answer, latencies in milliseconds, peak resident memory in MiB."""

    name: str
    first_answer_s: float
    latencies_ms: Sequence[float]
    peak_mib: int

    @property
    def p50(self) -> float:
        """Median latency."""
        return statistics.median(self.latencies_ms)

    @property
    def p95(self) -> float:
        """95th percentile of the latencies."""
        return statistics.quantiles(self.latencies_ms, n=20)[-1]


def main() -> None:
    """Measure both and print the table."""
    questions = [item.question for item in load_items(SETS_DIR)]
    product = measure("policyqa serve", [str(Path(sys.executable).with_name("policyqa")), "serve"], questions)
    plain = measure(
        "plain LangChain", [sys.executable, "-m", "uvicorn", "--factory", "bench.plain_chain:create_app"], questions
    )
    print(f"\n{len(questions)} questions, one connection, {os.cpu_count()} cores")
    print(f"{'':18}{'first answer':>14}{'p50':>10}{'p95':>10}{'peak memory':>14}")
    for result in (product, plain):
        print(
            f"{result.name:18}{result.first_answer_s:12.1f} s{result.p50:7.1f} ms{result.p95:7.1f} ms"
            f"{result.peak_mib:10} MiB"
        )
    print(
        f"{'ratio':18}{product.first_answer_s / plain.first_answer_s:14.2f}{product.p50 / plain.p50:10.2f}"
        f"{product.p95 / plain.p95:10.2f}{product.peak_mib / plain.peak_mib:14.2f}"
    )


def measure(name: str, command: Sequence[str], questions: Sequence[str]) -> Result:
    """Start a server, ask every question once after a warm-up, stop it."""
    with running(command, questions[0]) as server:
        for question in questions[:WARM_UP]:
            server.client.post("/v1/ask", json={"question": question})
        latencies = [_latency_ms(server.client, question) for question in questions]
        return Result(name, server.first_answer_s, latencies, server.peak_mib())


def _latency_ms(client: httpx.Client, question: str) -> float:
    started = time.perf_counter()
    client.post("/v1/ask", json={"question": question}).raise_for_status()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
