"""Warm retrieval inside the process: the encoder alone, and the whole of candidates().

make bench
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence

from eval.dataset import load_standalone
from ingest.index import open_index
from ingest.settings import load_settings
from rag.question import read_question
from rag.retriever import HybridRetriever

WARM_UP = 20


def main() -> None:
    """Print p50 and p95 of both over all evaluation questions."""
    index = open_index(load_settings())
    texts = [read_question(item.question).text for item in load_standalone()]
    banked = sum(len(entry.questions) for entry in index.corpus.notices)
    print(f"\n{len(texts)} questions, {banked} banked, {os.cpu_count()} cores")
    retriever = HybridRetriever(index=index)
    report("encoder", lambda text: index.encoder.encode_queries([text]), texts)
    report("candidates", retriever.candidates, texts)


def report(name: str, call: Callable[[str], object], texts: Sequence[str]) -> None:
    """Time one call a text, after a warm-up."""
    for text in texts[:WARM_UP]:
        call(text)
    times = []
    for text in texts:
        started = time.perf_counter()
        call(text)
        times.append((time.perf_counter() - started) * 1000)
    print(f"{name:12} p50 {statistics.median(times):5.1f} ms   p95 {statistics.quantiles(times, n=20)[-1]:5.1f} ms")


if __name__ == "__main__":
    main()
