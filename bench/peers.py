"""Warm /v1/ask beside chains of LangChain, LlamaIndex and Haystack on the same weights and the same notice.

    make bench

All servers run in turn on this machine, each in a process of its own, and get the same questions: one after another
over one connection, then others over four at once. The peers retrieve the five nearest source texts and no more.
Absolute times depend on the machine; the ratios are what counts.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.server import running
from bench.wire import Connection, request
from eval.dataset import TRAINING_DIR, Item, load_items, load_standalone

WARM_UP, CONNECTIONS = 20, 4
PRODUCT = "policyqa serve"
PEERS = {"LangChain": "langchain", "LlamaIndex": "llama_index", "Haystack": "haystack"}
"""The frameworks, with their modules of eval/targets/chains."""


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds until the first answer, milliseconds of each answer, answers a second, peak memory, shares right."""

    name: str
    first_answer_s: float
    latencies_ms: Sequence[float]
    per_second: float
    peak_mib: int
    right_source: float
    right_lead: float

    @property
    def p50(self) -> float:
        """Median latency."""
        return statistics.median(self.latencies_ms)

    @property
    def p95(self) -> float:
        """95th percentile of the latencies."""
        return statistics.quantiles(self.latencies_ms, n=20)[-1]


def main() -> None:
    """Measure all and print the table; an argument is the number of questions, all of them without."""
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else None
    items = [item for item in load_standalone() if item.gold][:limit]
    product = measure(PRODUCT, [str(Path(sys.executable).with_name("policyqa")), "serve"], items)
    uvicorn = [sys.executable, "-m", "uvicorn", "--log-level", "warning", "--factory"]
    peers = [measure(name, [*uvicorn, f"bench.peer:{module}"], items) for name, module in PEERS.items()]
    print(f"\n{len(items)} questions with an expected source, {os.cpu_count()} cores")
    print(f"{'':16}{'first answer':>13}{'p50':>12}{'p95':>12}{f'{CONNECTIONS} at once':>12}{'peak memory':>13}", end="")
    print(f"{'source':>9}{'lead':>8}")
    for each in (product, *peers):
        print(
            f"{each.name:16}{each.first_answer_s:11.1f} s{each.p50:9.1f} ms{each.p95:9.1f} ms{each.per_second:10.1f}/s"
            f"{each.peak_mib:9} MiB{each.right_source:9.3f}{each.right_lead:8.3f}"
        )
    for peer in peers:
        print(
            f"beside {peer.name}: {peer.p50 / product.p50:.1f} times as fast at p50, {peer.p95 / product.p95:.1f} at "
            f"p95, {product.per_second / peer.per_second:.1f} times the throughput, "
            f"{product.peak_mib / peer.peak_mib:.2f} of the memory"
        )


def measure(name: str, command: Sequence[str], items: Sequence[Item]) -> Result:
    """Start a server, ask every question after a warm-up, stop it."""
    asked = [request("POST", "/v1/ask", {"question": item.question}) for item in items]
    # No question is asked twice: what a server remembers must not count.
    more = [item for item in load_items(TRAINING_DIR) if item.gold][: len(items) + WARM_UP]
    others = [request("POST", "/v1/ask", {"question": item.question}) for item in more]
    with running(command, items[0].question) as server:
        asyncio.run(_answers(server.url, others[:WARM_UP]))
        answers = asyncio.run(_answers(server.url, asked))
        started = time.perf_counter()
        asyncio.run(_at_once(server.url, others[WARM_UP:]))
        took = time.perf_counter() - started
        first = [_first_source(body) for body, _ in answers]
        sources = [key in item.gold for (key, _), item in zip(first, items, strict=True)]
        leads = [lead == set(item.lead) for (_, lead), item in zip(first, items, strict=True) if item.lead]
        return Result(
            name,
            server.first_answer_s,
            [latency for _, latency in answers],
            (len(others) - WARM_UP) / took,
            server.peak_mib(),
            statistics.mean(sources),
            statistics.mean(leads),
        )


def _first_source(body: bytes) -> tuple[str, set[str]]:
    """Key and lead departments of the first citation; empty if there is none."""
    for citation in json.loads(body)["citations"]:
        return citation["id"].rpartition("/")[2], set(citation["lead"])
    return "", set()


async def _at_once(url: str, asked: Sequence[bytes]) -> None:
    await asyncio.gather(*(_answers(url, asked[number::CONNECTIONS]) for number in range(CONNECTIONS)))


async def _answers(url: str, asked: Sequence[bytes]) -> list[tuple[bytes, float]]:
    """The answers, one after another over one connection, with their latencies in milliseconds."""
    answers, connection = [], Connection(url)
    for sent in asked:
        started = time.perf_counter()
        response = await connection.exchange(sent)
        answers.append((response.body, (time.perf_counter() - started) * 1000))
        if response.status != 200:
            raise RuntimeError(f"{url} answered {response.status}: {response.body[:200]!r}")
    connection.close()
    return answers


if __name__ == "__main__":
    main()
