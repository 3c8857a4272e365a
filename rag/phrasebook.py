"""Many phrases, found in a text at once: an alternative of fifty thousand would try them all at every character."""

from collections import defaultdict
from collections.abc import Iterable

_KEY = 2
"""Phrases are looked up by so many first characters."""


class Phrasebook:
    """Phrases of any number, found where they begin; of several that begin at one place the longest counts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_beginning: defaultdict[str, list[str]] = defaultdict(list)
        for phrase in sorted(set(phrases), key=len, reverse=True):
            if phrase:
                self._by_beginning[phrase[:_KEY]].append(phrase)

    def replaced_in(self, text: str, placeholder: str) -> str:
        """``text`` with every phrase replaced."""
        parts: list[str] = []
        place = 0
        while place < len(text):
            if found := self._at(text, place):
                parts.append(placeholder)
                place += len(found)
            else:
                parts.append(text[place])
                place += 1
        return "".join(parts)

    def _at(self, text: str, place: int) -> str | None:
        # Most places begin no phrase: this is asked of every character of every question.
        for length in range(_KEY, 0, -1):
            for each in self._by_beginning.get(text[place : place + length], ()):
                if text.startswith(each, place):
                    return each
        return None
