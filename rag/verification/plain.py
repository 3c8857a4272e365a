"""Plain words for words of notices, with the same meaning and the same force (rag/data/plain_words.tsv)."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.question import normalised

_FILE = Path(__file__).parent.parent / "data" / "plain_words.tsv"

LONGEST = 10
"""Characters; longer ones are turns of phrase, looked up by nobody."""


@cache
def equivalents() -> Mapping[str, frozenset[str]]:
    """For each word the words that say the same, whichever of them a notice prints."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        official, plain = line.split("\t")
        group = [normalised(word) for word in (official, *plain.split("|"))]
        for word in group[1:]:
            found[word].add(group[0])
            found[group[0]].add(word)
    return {word: frozenset(words) for word, words in found.items() if len(word) <= LONGEST}
