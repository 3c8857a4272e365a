"""The lexical leg: BM25 over jieba words and character bigrams, one tokenizer for index and query."""

import json
import logging
import math
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexCorrupt

_STOP_WORDS_FILE = Path(__file__).parents[1] / "data" / "stop_words.txt"
_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
_SOURCES_FILE = "sources.json"
_TOKENS_FILE, _ENDS_FILE = "tokens.npy", "ends.npy"
Rows = NDArray[np.intp]
Scores = NDArray[np.float32]
Tokenizer = Callable[[str], list[str]]
for _chatty in ("jieba", "bm25s"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


def keep_dictionary(folder: Path) -> None:
    """Have jieba keep its dictionary, made ready, in ``folder``: by itself it trusts what any user left in /tmp."""
    if os.access(folder, os.W_OK):
        jieba.dt.tmp_dir = str(folder)


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
    """BM25 scores of one text per source; ``row`` is a source's place in the scores.

    ``cut`` are the tokens of the texts, as long as they have not been saved.
    """

    def __init__(self, retriever: bm25s.BM25, source_ids: tuple[str, ...], cut: Sequence[Sequence[str]] = ()) -> None:
        self.source_ids = source_ids
        self._cut = cut
        self.row = {source_id: row for row, source_id in enumerate(source_ids)}
        self._retriever = retriever

    def scores(self, tokens: Sequence[str]) -> Scores:
        """One BM25 score (≥ 0) per source, in the order of ``source_ids``."""
        return joint_scores([(self, np.arange(len(self.source_ids)))], tokens)[0]

    def postings(self, token: str) -> tuple[Rows, Scores] | None:
        """The rows of the sources that a token occurs in, and what it adds to their scores."""
        token_id = self._retriever.vocab_dict.get(token)
        if token_id is None:
            return None
        matrix = self._retriever.scores
        column = slice(matrix["indptr"][token_id], matrix["indptr"][token_id + 1])
        return matrix["indices"][column], matrix["data"][column]

    def split(self, tokens: Rows, ends: Rows, wanted: Set[str]) -> dict[str, list[str]]:
        """The tokens of the wanted sources, from the numbers of all tokens and where each source's end."""
        names = {number: token for token, number in self._retriever.vocab_dict.items()}
        starts = (0, *ends[:-1].tolist())
        return {
            source_id: [names[each] for each in tokens[start:end].tolist()]
            for source_id, start, end in zip(self.source_ids, starts, ends.tolist(), strict=True)
            if source_id in wanted
        }

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._retriever.save(str(folder), show_progress=False)
        (folder / _SOURCES_FILE).write_text(json.dumps(self.source_ids), encoding="utf-8")
        number_of = self._retriever.vocab_dict
        np.save(folder / _TOKENS_FILE, np.array([number_of[each] for text in self._cut for each in text], np.int32))
        np.save(folder / _ENDS_FILE, np.cumsum([len(text) for text in self._cut], dtype=np.int64))


def joint_scores(parts: Sequence[tuple[Lexicon, Rows]], tokens: Sequence[str]) -> list[Scores]:
    """BM25 scores of some rows of each lexicon, as if these rows were all there is.

    How rare a token is, is counted over the rows of all parts: what lies beside them, or in which lexicon they lie,
    changes nothing (but the mean length of a text, which stays the lexicon's own).
    """
    scores = [np.zeros(len(lexicon.source_ids), dtype=np.float32) for lexicon, _ in parts]
    masks = [_mask(lexicon, rows) for lexicon, rows in parts]
    total = sum(len(rows) for _, rows in parts)
    for token in tokens:
        found = [lexicon.postings(token) for lexicon, _ in parts]
        common = sum(_count(each, mask) for each, mask in zip(found, masks, strict=True))
        if not common:
            continue
        for (lexicon, _), each, score in zip(parts, found, scores, strict=True):
            if each:
                own = _rarity(len(each[0]), len(lexicon.source_ids))
                score[each[0]] += each[1] * np.float32(_rarity(common, total) / own)
    return [score[rows] for score, (_, rows) in zip(scores, parts, strict=True)]


def _mask(lexicon: Lexicon, rows: Rows) -> NDArray[np.bool_] | None:
    """Which rows of a lexicon are meant; None for all."""
    if len(rows) == len(lexicon.source_ids):
        return None
    mask = np.zeros(len(lexicon.source_ids), dtype=np.bool_)
    mask[rows] = True
    return mask


def _count(postings: tuple[Rows, Scores] | None, mask: NDArray[np.bool_] | None) -> int:
    if postings is None:
        return 0
    return len(postings[0]) if mask is None else int(np.count_nonzero(mask[postings[0]]))


def _rarity(count: int, total: int) -> float:
    """Lucene's inverse document frequency, as bm25s counts it."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def build_lexicon(
    texts: Mapping[str, str], tokenizer: Tokenizer, known: Mapping[str, list[str]] | None = None
) -> Lexicon:
    """Index one text per source id. Queries must be cut by the same ``tokenizer``.

    ``known`` are the tokens of those texts that were cut before: cutting takes most of the time.
    """
    known = known or {}
    cut = [known.get(source_id) or tokenizer(text) or [""] for source_id, text in texts.items()]
    retriever = bm25s.BM25(method="lucene")
    retriever.index(cut, show_progress=False)
    return Lexicon(retriever, tuple(texts), cut)


def saved_tokens(folder: Path, wanted: Set[str]) -> dict[str, list[str]]:
    """The tokens of the wanted sources of a saved lexicon; none if they cannot be read."""
    try:
        lexicon = open_lexicon(folder)
        tokens, ends = np.load(folder / _TOKENS_FILE), np.load(folder / _ENDS_FILE)
    except (OSError, ValueError, IndexCorrupt):
        return {}
    return lexicon.split(tokens, ends, wanted)


def open_lexicon(folder: Path) -> Lexicon:
    """Read back what Lexicon.save wrote. Raises IndexCorrupt."""
    try:
        retriever = bm25s.BM25.load(str(folder))
        source_ids = tuple(json.loads((folder / _SOURCES_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise IndexCorrupt(f"词法索引 {folder.name} 读不了:{error}。", "请运行 policyqa ingest 重建。") from error
    return Lexicon(retriever, source_ids)
