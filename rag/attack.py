"""Attempts to subvert the assistant: what is left of a text when the sentences that give orders are taken out."""

import re

from rag.intent import shows

_SENTENCE = re.compile(r"(?<=[。!?;\n])|(?<=[.!?;])\s|\s*(?:-->|<!--|\|\|\||```)\s*")
_TAG = re.compile(r"<!--.*?-->|<[^>]{1,200}>|!\[[^\]]*\]\([^)]*\)", re.DOTALL)
_SHORTEST = 6
"""Characters that an honest question has at least."""


def honest_part(text: str) -> str:
    """The sentences that order nothing; empty if too little is left to be a question."""
    sentences = [sentence for sentence in _SENTENCE.split(_TAG.sub(" ", text)) if sentence and sentence.strip()]
    left = [sentence for sentence in sentences if not shows("attack", sentence) and not shows("forge", sentence)]
    honest = "".join(left).strip()
    return honest if len(honest) >= _SHORTEST and len(left) < len(sentences) else ""
