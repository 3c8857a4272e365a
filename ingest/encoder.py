"""The encoder: texts become unit vectors. Built once from packaged weights, or any sentence-transformers model."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import IndexMissing, SettingsError
from ingest.settings import PACKAGED_ENCODER, Settings
from ingest.tokenizer import Tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

# Raise the number when build_model makes other vectors: the index must then be built anew.
PACKAGED_MODEL = "multilingual-e5-small-int8-4"
# Raise it when build_model writes other files that make the same vectors.
_LAYOUT = 2
ONNX_FILE, TOKENIZER_FILE = "onnx/model_int8.onnx", "onnx/tokenizer.model"
MAX_TOKENS = 512
_REMEMBERED = 64
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "


class Encoder(ABC):
    """Texts in, rows of unit length out (shape ``(len(texts), dimension)``, float32).

    ``name`` identifies the vector space: vectors of encoders with different names must not be compared.
    """

    name: str

    @abstractmethod
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, of users and of the bank alike."""

    @abstractmethod
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts of the notice."""


class OnnxEncoder(Encoder):
    """The packaged model in ONNX Runtime, int8: the query path needs neither torch nor its start-up time.

    Texts are encoded one by one: dynamic int8 scales depend on everything in a batch, and a passage must get
    the same vector whatever it is indexed with.
    """

    def __init__(self, folder: Path) -> None:
        from ingest.onnx_session import open_session

        self.name = PACKAGED_MODEL
        self._tokenizer = Tokenizer(folder / TOKENIZER_FILE, MAX_TOKENS)
        self._session = open_session(folder / ONNX_FILE)
        # One question is looked up in several ways.
        self._encode_query = lru_cache(maxsize=_REMEMBERED)(self._encode_one)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return np.concatenate([self._encode_query(QUERY_PROMPT + text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return np.concatenate([self._encode_one(PASSAGE_PROMPT + text) for text in texts])

    def _encode_one(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.ids(text)], dtype=np.int64)
        outputs = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return np.asarray(outputs[0], dtype=np.float32)


class SentenceTransformerEncoder(Encoder):
    """Any sentence-transformers model, with the prompts its authors gave it."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self.name = name
        self._model = model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return np.asarray(self._model.encode_query(list(texts), normalize_embeddings=True), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return np.asarray(self._model.encode_document(list(texts), normalize_embeddings=True), dtype=np.float32)


class EncoderEmbeddings(Embeddings):
    """An Encoder as LangChain's Embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        vectors: list[list[float]] = self._encoder.encode_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question."""
        vector: list[float] = self._encoder.encode_queries([text])[0].tolist()
        return vector


def packaged_model_dir(settings: Settings) -> Path:
    """Where the packaged model is built; a genuine SentenceTransformer folder."""
    return settings.data_dir / "models" / f"{PACKAGED_MODEL}.{_LAYOUT}"


def encoder_name(settings: Settings) -> str:
    """The name that the configured encoder will have, known without opening it."""
    return PACKAGED_MODEL if settings.encoder == PACKAGED_ENCODER else settings.encoder


def open_encoder(settings: Settings) -> Encoder:
    """Open the configured encoder.

    Raises IndexMissing if the packaged model has not been built, SettingsError if a named model cannot be loaded.
    """
    if settings.encoder == PACKAGED_ENCODER:
        folder = packaged_model_dir(settings)
        if not folder.exists():
            raise IndexMissing("编码模型尚未构建。", "请运行 policyqa ingest。")
        return _open_onnx(folder.resolve())

    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(settings.encoder, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise SettingsError(f"打不开编码模型“{settings.encoder}”:{error}。", "请检查 POLICYQA_ENCODER。") from error
    return SentenceTransformerEncoder(model, settings.encoder)


@lru_cache(maxsize=1)
def _open_onnx(folder: Path) -> OnnxEncoder:
    """Loading takes half a second and 150 MB, and every version of the index uses the same model: it is loaded once."""
    return OnnxEncoder(folder)
