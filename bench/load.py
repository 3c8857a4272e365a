"""Load on loopback: clients with mixed real questions against `policyqa serve`, and what that costs the server.

    python -m bench.load [--clients 32] [--seconds 120]

Every client asks its next question as soon as it has the answer to the last, in an order that is the same in every
run. `--seconds 600` is the soak. Exits with 1 if a single request failed.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.mixture import SHARES, is_right, mixed, prepared_requests
from bench.server import running
from bench.wire import Connection
from eval.dataset import load_standalone

CLIENTS, SECONDS, SEED = 32, 120.0, 9
WARM_UP_S = 5.0
POLICYQA = str(Path(sys.executable).with_name("policyqa"))


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What clients saw: milliseconds of every answer by kind of request, and failures by what they were."""

    clients: int
    seconds: float
    latencies_ms: Mapping[str, Sequence[float]]
    failures: Mapping[str, int]

    @property
    def answered(self) -> int:
        """Requests that got a right answer."""
        return sum(map(len, self.latencies_ms.values()))

    @property
    def failed(self) -> int:
        """Requests that did not."""
        return sum(self.failures.values())

    @property
    def per_second(self) -> float:
        """Right answers a second."""
        return self.answered / self.seconds

    def percentile_ms(self, percent: float, kind: str | None = None) -> float:
        """So many percent of the answers, or of those of one kind, came within this time."""
        chosen = self.latencies_ms.values() if kind is None else [self.latencies_ms[kind]]
        ordered = sorted(latency for latencies in chosen for latency in latencies)
        return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)] if ordered else float("nan")


def measure_load(urls: Sequence[str], seconds: float = SECONDS, clients: int = CLIENTS) -> LoadResult:
    """Load the servers at ``urls``, the clients spread over them evenly, for so many seconds."""
    return asyncio.run(_load(urls, seconds, clients))


async def _load(urls: Sequence[str], seconds: float, clients: int) -> LoadResult:
    prepared = prepared_requests()
    latencies: dict[str, list[float]] = {kind: [] for kind in SHARES}
    failures: Counter[str] = Counter()
    started = time.perf_counter()

    async def work(number: int) -> None:
        chance = random.Random(SEED + number)  # noqa: S311 - nothing here is secret
        connection = Connection(urls[number % len(urls)])
        for kind, sent in mixed(prepared, chance):
            begun = time.perf_counter()
            if begun - started >= seconds:
                break
            try:
                response = await connection.exchange(sent)
            except (OSError, EOFError, TimeoutError) as error:
                failures[f"{kind}: {type(error).__name__}"] += 1
                continue
            if is_right(kind, response):
                latencies[kind].append((time.perf_counter() - begun) * 1000)
            else:
                failures[f"{kind}: {response.status}"] += 1
        connection.close()

    await asyncio.gather(*map(work, range(clients)))
    return LoadResult(clients, time.perf_counter() - started, latencies, failures)


def main() -> None:
    """Start a server, load it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    chosen = parser.parse_args()
    with running([POLICYQA, "serve"], load_standalone()[0].question) as server:
        measure_load([server.url], WARM_UP_S, chosen.clients)
        before, own_before = server.cpu_seconds(), time.process_time()
        with server.sampled_mib() as samples:
            result = measure_load([server.url], chosen.seconds, chosen.clients)
        used, own = server.cpu_seconds() - before, time.process_time() - own_before
        peak = server.peak_mib()
    print_load(result)
    half, end = samples[len(samples) // 2], samples[-1]
    print(
        f"server: {half} MiB at half time, {end} MiB at the end ({(end - half) / half:+.1%}), peak {peak} MiB; "
        f"{used:.1f} CPU s, {used / result.answered * 1000:.1f} CPU ms a request; the clients took {own:.1f} CPU s"
    )
    sys.exit(bool(result.failed))


def print_load(result: LoadResult) -> None:
    """The table of one load."""
    print(f"\n{result.clients} clients, {result.seconds:.0f} s, {os.cpu_count()} cores: ", end="")
    print(f"{result.answered} answers, {result.per_second:.1f}/s, {result.failed} failures")
    print(f"{'':18}{'answers':>9}{'p50':>9}{'p95':>9}{'p99':>9}  ms")
    for kind in (None, *SHARES):
        answers = result.answered if kind is None else len(result.latencies_ms[kind])
        figures = "".join(f"{result.percentile_ms(percent, kind):9.0f}" for percent in (50, 95, 99))
        print(f"{kind or 'all':18}{answers:9}{figures}")
    for what, times in result.failures.items():
        print(f"FAILED {what}: {times}")


if __name__ == "__main__":
    main()
