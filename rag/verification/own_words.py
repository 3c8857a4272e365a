"""The words of a sentence that its sources do not have, in whatever form."""

from collections.abc import Iterator

from rag.verification.cues import cues
from rag.verification.plain import LONGEST, equivalents

_AROUND = 3
"""Characters: a word that was exchanged for a plain one often shares some with it (自主, 自己)."""


class OwnWords:
    """Reads the stretches of ``said`` that an alignment has laid beside nothing in ``printed``."""

    def __init__(self, said: str, printed: str) -> None:
        self._said = said
        self._printed = printed

    def left(self, start: int, end: int) -> str:
        """What is left of a stretch without what is printed in other words and without the frame of a sentence."""
        is_framed = any(word in cues().frame for word in self._around(start, end, 1))
        if is_framed or start == end or self.is_exchanged(start, end):
            return ""
        run = self._said[start:end]
        for length in range(min(LONGEST, len(run)), 1, -1):
            at = 0
            while at + length <= len(run):
                word = run[at : at + length]
                if self._is_printed_otherwise(word):
                    run = run[:at] + run[at + length :]
                else:
                    at += 1
        for word in cues().frame:
            run = run.replace(word, "")
        return run

    def is_exchanged(self, start: int, end: int) -> bool:
        """Whether a word of about this place says the same as one that is printed."""
        return start < end and any(map(self._is_printed_otherwise, self._around(start, end, _AROUND)))

    def _is_printed_otherwise(self, word: str) -> bool:
        return any(other in self._printed for other in equivalents().get(word, ()))

    def _around(self, start: int, end: int, most: int) -> Iterator[str]:
        """The stretch and every longer one with up to so many characters more on either side."""
        for first in range(max(0, start - most), start + 1):
            for last in range(end, min(len(self._said), end + most) + 1):
                yield self._said[first:last]
