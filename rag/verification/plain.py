"""Plain words for words of notices, with the same meaning and the same force (rag/data/plain_words.tsv)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from rag.question import normalised

_FILE = Path(__file__).parent.parent / "data" / "plain_words.tsv"

LONGEST = 12
"""Characters; longer ones are turns of phrase that nobody writes alike."""

_SHORTEST = 3
"""Characters; a shorter word may be a part of others, and is judged where it stands (rag.verification.departure)."""


def as_printed(said: str, printed: str) -> str:
    """A sentence with the words of ``printed`` for those that say the same; both normalised."""
    at, words = 0, list[str]()
    while at < len(said):
        length, word = next(_alike(said, at, printed), (1, said[at]))
        words.append(word)
        at += length
    return "".join(words)


def _alike(said: str, at: int, printed: str) -> Iterator[tuple[int, str]]:
    """The words at a place, the longest first, that are not printed, but others that say the same are."""
    for length in range(min(LONGEST, len(said) - at), _SHORTEST - 1, -1):
        word = said[at : at + length]
        if word in printed:
            # What is printed as it is needs no other words, nor do parts of it.
            yield length, word
        for other in equivalents().get(word, ()):
            if other in printed:
                yield length, other


@cache
def equivalents() -> Mapping[str, tuple[str, ...]]:
    """For each word the words that say the same, whichever of them a notice prints."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        official, plain = line.split("\t")
        group = [normalised(word) for word in (official, *plain.split("|"))]
        for word in group[1:]:
            found[word].append(group[0])
            found[group[0]].append(word)
    return {word: tuple(sorted(words, key=len, reverse=True)) for word, words in found.items()}
