"""The packaged encoder's tokenizer: NFKC, then Unigram pieces, as e5 was trained.

sentencepiece holds the 250,000 pieces in 55 MB, where the tokenizers library takes 285.
"""

import re
import unicodedata
from pathlib import Path

from sentencepiece import SentencePieceProcessor

from ingest.weights import Vocabulary

_SPACES = re.compile(r"\s+")
_SPACE = "▁"


class Tokenizer:
    """Texts become token ids between the marks of begin and end, at most ``limit`` in all.

    A mark that is written out in a text is text: it does not count as a mark.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._pieces = SentencePieceProcessor(model_file=str(path))
        self._kept = limit - 2

    def ids(self, text: str) -> list[int]:
        """The ids of a text."""
        words = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().replace(" ", _SPACE)
        if words and not words.startswith(_SPACE):
            words = _SPACE + words
        return [self._pieces.bos_id(), *self._pieces.encode(words)[: self._kept], self._pieces.eos_id()]


def write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write the vocabulary as a sentencepiece model that leaves texts as they are given."""
    from sentencepiece.sentencepiece_model_pb2 import (  # type: ignore[attr-defined]  # protobuf makes its classes up
        ModelProto,
        TrainerSpec,
    )

    piece = ModelProto.SentencePiece
    kinds = {vocabulary.unknown: piece.UNKNOWN}
    kinds |= dict.fromkeys((vocabulary.bos, vocabulary.eos, vocabulary.pad), piece.CONTROL)
    model = ModelProto()
    for number, (text, score) in enumerate(vocabulary.pieces):
        model.pieces.add(piece=text, score=score, type=kinds.get(number, piece.NORMAL))
    trained = model.trainer_spec
    trained.model_type, trained.vocab_size = TrainerSpec.UNIGRAM, len(vocabulary.pieces)
    trained.bos_id, trained.eos_id = vocabulary.bos, vocabulary.eos
    trained.pad_id, trained.unk_id = vocabulary.pad, vocabulary.unknown
    as_given = model.normalizer_spec
    as_given.name, as_given.add_dummy_prefix, as_given.remove_extra_whitespaces = "identity", False, False
    path.write_bytes(model.SerializeToString())
