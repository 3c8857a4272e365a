"""The verbatim sentences of a source that support the answer."""

from collections.abc import Mapping

from ingest.index.lexicon import tokenize
from ingest.notice import Source
from rag.candidate import Candidate

MAX_SENTENCES = 1


def quote(candidate: Candidate, text: str) -> str:
    """The sentence of the candidate that is nearest to the question, verbatim.

    Nearest by cosine where retrieval fetched any of its sentences, else by shared words; the whole text if it is
    one sentence.
    """
    source = candidate.source
    if len(source.sentences) <= MAX_SENTENCES:
        return source.text
    nearness: Mapping[int, float] = candidate.sentence_cosines or dict(enumerate(_overlap(source, text)))
    return source.sentences[max(nearness, key=lambda position: (nearness[position], -position))]


def _overlap(source: Source, text: str) -> list[int]:
    asked = set(tokenize(text))
    return [len(asked.intersection(tokenize(sentence))) for sentence in source.sentences]
