"""The verbatim sentences of a source that support the answer."""

from ingest.lexicon import tokenize
from ingest.notice import Source
from rag.candidate import Candidate

MAX_SENTENCES = 1


def quote(candidate: Candidate, text: str) -> str:
    """The sentence of the candidate that is nearest to the question, verbatim.

    Nearest by cosine where retrieval saw the sentence, else by shared words; the whole text if it is one sentence.
    """
    source = candidate.source
    if len(source.sentences) <= MAX_SENTENCES:
        return source.text
    overlap = _overlap(source, text)
    positions = range(len(source.sentences))
    best = max(positions, key=lambda at: (candidate.sentence_cosines.get(at, 0.0), overlap[at], -at))
    return source.sentences[best]


def _overlap(source: Source, text: str) -> list[int]:
    asked = set(tokenize(text))
    return [len(asked.intersection(tokenize(sentence))) for sentence in source.sentences]
