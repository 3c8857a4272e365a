"""Many notices: adding them, the size of the index, opening it, answering from it, adding and removing one meanwhile.

    python -m bench.notices [--notices 1000] [--drawn]

The district's notice is asked by itself, then among as many synthetic ones of 50 measures, half of them of its own
region. Answers come over HTTP from ``policyqa serve`` with a corpus and a data folder of its own, one question after
another over one connection. Encoding a thousand notices takes half an hour on 2 cores; ``--drawn`` draws their vectors
between real ones instead, so that all but the time to add them is measured in a few minutes.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import httpx
import numpy as np

from bench.scale import between
from bench.server import Server, running
from bench.synthetic import write_notice
from eval.dataset import load_standalone
from ingest.encoder import Encoder, Vectors
from ingest.index import open_index
from ingest.index.indexing import ingest
from ingest.settings import Settings, load_settings

QUESTIONS = 200
WARM_UP = 20
SWITCH_LIMIT_S = 120
POLICYQA = str(Path(sys.executable).with_name("policyqa"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notices", type=int, default=1000)
    parser.add_argument("--drawn", action="store_true")
    arguments = parser.parse_args()
    count: int = arguments.notices
    questions = [item.question for item in load_standalone()]
    questions = questions[:: max(1, len(questions) // QUESTIONS)]
    with _project() as settings:
        _ingest()
        with _serving(questions) as server:
            alone = _ask_all(server.client, questions)
            _print_answers("1 notice", alone, server)
        for number in range(1, count):
            write_notice(settings.corpus_dir, number)
        seconds = _timed(lambda: _ingest_drawn(settings) if arguments.drawn else _ingest())
        size = sum(path.stat().st_size for path in (settings.data_dir / "index").rglob("*") if path.is_file())
        print(f"{count} notices: {seconds / (count - 1):.2f} s a notice to add, {size / 2**20:.0f} MiB on disk")
        print(f"opening the index: {_timed(lambda: open_index(settings).close()):.1f} s")
        with _serving(questions) as server:
            among = _ask_all(server.client, questions)
            _print_answers(f"{count} notices", among, server)
            ratios = (statistics.median(among) / statistics.median(alone), _p95(among) / _p95(alone))
            print(f"ratio: p50 {ratios[0]:.2f}, p95 {ratios[1]:.2f}")
            _change("adding one more", server, questions, lambda: write_notice(settings.corpus_dir, count))
            removed = f"synthetic-{count // 2:04}"
            _change("removing one", server, questions, lambda: shutil.rmtree(settings.corpus_dir / removed))
            listed = [each["id"] for each in server.client.get("/v1/notices").json()["items"]]
            print(f"left of {removed}: {_left_of(settings, removed)}, listed: {removed in listed}")


@contextmanager
def _project() -> Iterator[Settings]:
    """A corpus of the district's notice with its index, for this process and those that it starts."""
    real = load_settings()
    with TemporaryDirectory() as folder:
        corpus_dir, data_dir = Path(folder) / "corpus", Path(folder) / "data"
        shutil.copytree(real.corpus_dir, corpus_dir)
        shutil.copytree(real.data_dir / "index", data_dir / "index")
        (data_dir / "models").symlink_to((real.data_dir / "models").absolute())
        os.environ |= {"POLICYQA_CORPUS_DIR": str(corpus_dir), "POLICYQA_DATA_DIR": str(data_dir)}
        yield Settings(corpus_dir=corpus_dir, data_dir=data_dir)


def _ingest() -> None:
    subprocess.run([POLICYQA, "ingest"], check=True, stdout=subprocess.DEVNULL)


def _ingest_drawn(settings: Settings) -> None:
    """Ingest without encoding."""
    with closing(open_index(settings)) as index:
        vectors = np.array(index.segments[0].passages.get(include=["embeddings"])["embeddings"], dtype=np.float32)
        with patch("ingest.index.building.open_encoder", lambda _: _Drawn(index.encoder.name, vectors)):
            ingest(settings, lambda *_: None)


class _Drawn(Encoder):
    """Unit vectors somewhere between two real ones each."""

    def __init__(self, name: str, real: Vectors) -> None:
        self.name = name
        self._real = real
        self._chance = np.random.default_rng(0)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As many vectors as there are texts."""
        return between(self._real, len(texts), self._chance)

    encode_passages = encode_queries


def _timed(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


@contextmanager
def _serving(questions: Sequence[str]) -> Iterator[Server]:
    with running([POLICYQA, "serve"], questions[0]) as server:
        _ask_all(server.client, questions[:WARM_UP])
        yield server


def _ask_all(client: httpx.Client, questions: Sequence[str]) -> list[float]:
    """Milliseconds that each answer took."""
    return [_ask(client, question) for question in questions]


def _ask(client: httpx.Client, question: str) -> float:
    started = time.perf_counter()
    client.post("/v1/ask", json={"question": question}).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _print_answers(name: str, latencies: Sequence[float], server: Server) -> None:
    print(
        f"{name}: first answer after {server.first_answer_s:.1f} s, p50 {statistics.median(latencies):.1f} ms, "
        f"p95 {_p95(latencies):.1f} ms, peak memory {server.peak_mib()} MiB"
    )


def _p95(latencies: Sequence[float]) -> float:
    return statistics.quantiles(latencies, n=20)[-1]


def _change(name: str, server: Server, questions: Sequence[str], change: Callable[[], object]) -> None:
    """Change the corpus and update the index while questions are being asked, until the new version answers."""
    latencies: list[float] = []
    errors: list[Exception] = []
    done = threading.Event()

    def keep_asking() -> None:
        with httpx.Client(base_url=server.url, timeout=30) as client:
            while not done.is_set():
                for question in questions:
                    try:
                        latencies.append(_ask(client, question))
                    except httpx.HTTPError as error:
                        errors.append(error)
                    if done.is_set():
                        break

    asking = threading.Thread(target=keep_asking)
    asking.start()
    try:
        before = _version(server)
        change()
        added = _timed(_ingest)
        started = time.perf_counter()
        while _version(server) == before and time.perf_counter() - started < SWITCH_LIMIT_S:
            time.sleep(0.05)
        switched = time.perf_counter() - started
    finally:
        done.set()
        asking.join()
    print(
        f"{name}: policyqa ingest {added:.1f} s, served {switched:.1f} s later; meanwhile {len(latencies)} answers, "
        f"p50 {statistics.median(latencies):.1f} ms, slowest {max(latencies):.0f} ms, {len(errors)} errors"
    )


def _version(server: Server) -> str:
    version: str = server.client.get("/readyz").json()["version"]
    return version


def _left_of(settings: Settings, notice_id: str) -> dict[str, int]:
    """What is still found of a notice: vectors in Chroma, rows of the lexicons, entries of the catalogue."""
    with closing(open_index(settings)) as index:
        collections = [each for segment in index.segments for each in (segment.passages, segment.questions)]
        lexicons = [
            each
            for segment in index.segments
            for each in (segment.lexicon, segment.bank, segment.sound, segment.bank_sound)
        ]
        return {
            "vectors": sum(len(each.get(where={"notice": notice_id}, include=[])["ids"]) for each in collections),
            "lexicon rows": sum(name.startswith(f"{notice_id}/") for each in lexicons for name in each.source_ids),
            "catalogue": sum(entry.id == notice_id for entry in index.corpus.notices),
        }


if __name__ == "__main__":
    main()
