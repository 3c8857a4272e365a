"""The lexical leg: BM25 over jieba words and character bigrams, one tokenizer for index and query."""

import json
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexCorrupt

_STOP_WORDS_FILE = Path(__file__).parent / "data" / "stop_words.txt"
_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
_SOURCES_FILE = "sources.json"
Tokenizer = Callable[[str], list[str]]
for _chatty in ("jieba", "bm25s"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that carry no topic, from the data file."""
    lines = _STOP_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def tokenize(text: str) -> list[str]:
    """Words and character bigrams of Chinese runs, whole words of Latin letters and digits; no stop words.

    A word of two characters is its own bigram and counts once.
    """
    tokens: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            tokens.append(run)
            continue
        words = [word for word in jieba.cut(run) if word not in stop_words()]
        tokens += [word for word in words if len(word) != 2]
        tokens += [run[at : at + 2] for at in range(len(run) - 1)]
    return [token for token in tokens if token not in stop_words()]


class Lexicon:
    """BM25 scores of one text per source; ``row`` is a source's place in the scores."""

    def __init__(self, retriever: bm25s.BM25, source_ids: tuple[str, ...]) -> None:
        self.source_ids = source_ids
        self.row = {source_id: row for row, source_id in enumerate(source_ids)}
        self._retriever = retriever

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """One BM25 score (≥ 0) per source, in the order of ``source_ids``."""
        known = self._retriever.get_tokens_ids(list(tokens))
        if not known:
            return np.zeros(len(self.source_ids), dtype=np.float32)
        return np.asarray(self._retriever.get_scores_from_ids(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._retriever.save(str(folder), show_progress=False)
        (folder / _SOURCES_FILE).write_text(json.dumps(self.source_ids), encoding="utf-8")


def build_lexicon(texts: Mapping[str, str], tokenizer: Tokenizer) -> Lexicon:
    """Index one text per source id. Queries must be cut by the same ``tokenizer``."""
    retriever = bm25s.BM25(method="lucene")
    retriever.index([tokenizer(text) or [""] for text in texts.values()], show_progress=False)
    return Lexicon(retriever, tuple(texts))


def open_lexicon(folder: Path) -> Lexicon:
    """Read back what Lexicon.save wrote. Raises IndexCorrupt."""
    try:
        retriever = bm25s.BM25.load(str(folder))
        source_ids = tuple(json.loads((folder / _SOURCES_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise IndexCorrupt(f"词法索引 {folder.name} 读不了:{error}。", "请运行 policyqa ingest 重建。") from error
    return Lexicon(retriever, source_ids)
