"""How long work reports how far it is, without knowing who shows it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done, and the total."""


def track(items: Sequence[T], step: str, progress: Progress) -> Iterator[T]:
    """Yield ``items``, reporting before the first and after each."""
    progress(step, 0, len(items))
    for done, item in enumerate(items, start=1):
        yield item
        progress(step, done, len(items))
