"""Retrieval over 100,000 synthetic sources: build time, disk, memory, latency, and recall against exact search.

    python -m bench.scale [SOURCES]

Every synthetic source has one passage and one banked question. Their texts are sentences of the real notice and real
banked questions, cut and joined anew; their vectors lie between two real ones, with noise. The questions asked are
the evaluation questions.
"""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.retrieval import report
from eval.dataset import load_standalone
from ingest.bank import BankedQuestion
from ingest.corpus import CorpusNotice
from ingest.encoder import Vectors
from ingest.index import Index, open_index
from ingest.index.folder_host import open_chroma
from ingest.index.layout import PASSAGES, QUESTIONS
from ingest.index.lexicon import build_lexicon, tokenize
from ingest.index.passages import lexical_texts
from ingest.index.pinyin import tokenize_sound
from ingest.settings import load_settings
from rag.features import NEAREST
from rag.question import read_question
from rag.retriever import HybridRetriever

SOURCES = 100_000
NOISE = 0.25
BATCH = 5_000
RECALL_AT = 10


def main() -> None:
    """Build, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SOURCES
    real = open_index(load_settings())
    questions = [read_question(item.question).text for item in load_standalone()]
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        large, vectors = _enlarge(real, Path(folder), count)
        disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 2**20
        print(f"\n{count} sources: built in {time.perf_counter() - started:.0f} s, {disk:.0f} MiB of vectors on disk")
        report("encoder", lambda text: real.encoder.encode_queries([text]), questions)
        report("candidates", HybridRetriever(index=large).candidates, questions)
        print(f"recall@{RECALL_AT} of Chroma against exact search: {_recall(large, vectors, questions):.4f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        print(f"memory, peak, with the exact vectors ({vectors.nbytes / 2**20:.0f} MiB) beside: {peak:.0f} MiB")
        large.close()


def _enlarge(real: Index, folder: Path, count: int) -> tuple[Index, Vectors]:
    """An index of ``count`` synthetic sources, and the vectors of their passages."""
    chance = np.random.default_rng(0)
    segment = real.segments[0]
    entry = segment.notices[0]
    notices = (_synthetic_notice(entry, count, chance),)
    client = open_chroma(folder)
    collections = {
        name: client.create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
        for name in (PASSAGES, QUESTIONS)
    }
    kept: Vectors = np.empty((0, 0), dtype=np.float32)
    for name, what in ((QUESTIONS, "q0"), (PASSAGES, "text")):
        stored = (segment.questions if name == QUESTIONS else segment.passages).get(include=["embeddings"])
        kept = between(np.array(stored["embeddings"], dtype=np.float32), count, chance)
        ids = [f"{entry.id}/M{number}#{what}" for number in range(1, count + 1)]
        for at in range(0, count, BATCH):
            collections[name].add(ids[at : at + BATCH], embeddings=kept[at : at + BATCH])
    words, banked = lexical_texts(notices)
    large = replace(
        segment,
        notices=notices,
        close=client.close,
        passages=collections[PASSAGES],
        questions=collections[QUESTIONS],
        lexicon=build_lexicon(words, tokenize),
        bank=build_lexicon(banked, tokenize),
        sound=build_lexicon(words, tokenize_sound),
        bank_sound=build_lexicon(banked, tokenize_sound),
    )
    return replace(real, corpus=replace(real.corpus, notices=notices), segments=(large,)), kept


def _synthetic_notice(entry: CorpusNotice, count: int, chance: np.random.Generator) -> CorpusNotice:
    texts = _joined([sentence for source in entry.notice.sources for sentence in source.sentences], count, chance)
    asked = _joined([question.question for question in entry.questions], count, chance)
    measures = entry.notice.measures
    return replace(
        entry,
        notice=replace(
            entry.notice,
            sources=tuple(
                replace(measures[number % len(measures)], number=number, text=text)
                for number, text in enumerate(texts, start=1)
            ),
        ),
        questions=tuple(
            BankedQuestion(f"M{number}", question, "synthetic") for number, question in enumerate(asked, start=1)
        ),
    )


def _joined(texts: Sequence[str], count: int, chance: np.random.Generator) -> Iterator[str]:
    """The first half of one text and the second half of another."""
    for one, other in chance.integers(len(texts), size=(count, 2)):
        yield texts[one][: len(texts[one]) // 2] + texts[other][len(texts[other]) // 2 :]


def between(real: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Unit vectors somewhere between two real ones each, with noise."""
    one, other = (real[chance.integers(len(real), size=count)] for _ in range(2))
    share = chance.random((count, 1), dtype=np.float32)
    noise = chance.standard_normal((count, real.shape[1]), dtype=np.float32) * NOISE / np.sqrt(real.shape[1])
    mixed: Vectors = share * one + (1 - share) * other + noise
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    return mixed


def _recall(index: Index, vectors: Vectors, questions: Sequence[str]) -> float:
    """Share of the exactly nearest passages that Chroma finds, asked as retrieval asks."""
    found = 0
    for text in questions:
        vector = index.encoder.encode_queries([text])
        exact = np.argpartition(-(vectors @ vector[0]), RECALL_AT)[:RECALL_AT]
        near = index.nearest(PASSAGES, vector, NEAREST)[:RECALL_AT]
        numbers = {int(name.partition("/M")[2].partition("#")[0]) - 1 for name, _ in near}
        found += len(numbers.intersection(exact.tolist()))
    return found / (RECALL_AT * len(questions))


if __name__ == "__main__":
    main()
