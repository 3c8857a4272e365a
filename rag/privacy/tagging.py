"""Names as jieba's part-of-speech tagger finds them; one sign among others."""

from functools import lru_cache

from rag.privacy.span import Span

_NAME = "nr"


@lru_cache(maxsize=64)
def tagged_names(text: str) -> frozenset[Span]:
    """Spans that are tagged as names of persons."""
    import jieba.posseg

    spans, at = set(), 0
    for word, tag in jieba.posseg.cut(text):
        if tag.startswith(_NAME):
            spans.add((at, at + len(word)))
        at += len(word)
    return frozenset(spans)
