"""Numbers in English: digits and words, with the scales that follow them."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|[^\sa-z\d-]")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {
    **{word: float(value) for value, word in enumerate(_UNITS.split())},
    **{word: float(value) for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}


def numbers_in_english(text: str) -> Iterator[float]:
    """The values, in order. One, standing alone, is none: it is a pronoun as often as a number."""
    number = _Number()
    for token in (*_TOKEN.findall(text.lower()), "."):
        if not number.takes(token):
            if number.tokens not in ([], ["one"]):
                yield number.value
            number = _Number()
            number.takes(token)


class _Number:
    """A number that is being read."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self._total, self._last = 0.0, 0.0

    @property
    def value(self) -> float:
        return self._total + self._last

    def takes(self, word: str) -> bool:
        """Whether the word, or the digits, go on with the number; if so, they are part of it from now on."""
        if word in _SCALES:
            value = (self._last or 1.0) * _SCALES[word]
            self._total, self._last = (self._total, value) if word == "hundred" else (self._total + value, 0.0)
        elif word in _VALUES and self._has_room_for(_VALUES[word]):
            self._last += _VALUES[word]
        elif word[0].isdigit() and not self.tokens:
            self._last = float(word.replace(",", ""))
        elif not (word == "and" and self.tokens and self.tokens[-1] in _SCALES):
            return False
        self.tokens.append(word)
        return True

    def _has_room_for(self, value: float) -> bool:
        """Twenty has room for three, a hundred for both; nothing for what follows digits."""
        if not self.tokens or self.tokens[-1] in (*_SCALES, "and"):
            return True
        return self.tokens[-1] in _TENS.split() and 0 < value < 10
