"""Chance for writing notices: one seed of hypothesis makes a whole notice, so that each is unlike the last."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Option = TypeVar("Option")


class Dice:
    """What is thrown is the same for the same seed."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def chance(self, share: float = 1 / 2) -> bool:
        return self._random.random() < share

    def one(self, options: Sequence[Option]) -> Option:
        return self._random.choice(options)

    def some(self, options: Sequence[Option], fewest: int, most: int) -> list[Option]:
        """Different ones, in any order."""
        return self._random.sample(options, self.number(fewest, most))
