"""What scoring has in common: replies beside their questions, and values by metric and question."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from eval.dataset import Item
from eval.targets.reply import Reply

Pair = tuple[Item, Reply]
Scores = Mapping[str, Mapping[str, float]]
"""By metric, by item id; a question to which a metric does not apply is left out."""


def score_each(
    pairs: Iterable[Pair], metrics: Mapping[str, tuple[Callable[[Pair], bool], Callable[[Item, Reply], float]]]
) -> Scores:
    """Every metric, given as which pairs it applies to and the value of one."""
    found = list(pairs)
    return {
        name: {pair[0].id: float(value(*pair)) for pair in found if applies(pair)}
        for name, (applies, value) in metrics.items()
    }


def first_fits(item: Item, reply: Reply) -> bool:
    """Whether the first source cited is one that an answer may cite.

    Where the truth names none, an answer may cite any (what is asked of the outline has no source of its own), and
    what is to be declined must cite none.
    """
    first = next(iter(reply.cited), None)
    if not item.fitting:
        return item.answerable or first is None
    return first in item.fitting


def says(text: str, wordings: Sequence[str]) -> bool:
    """Whether one of these wordings stands in a text; width and compatibility forms of characters do not count."""
    return any(folded(each) in folded(text) for each in wordings)


def folded(text: str) -> str:
    """A text in which full and half width, and other compatibility forms of one character, are the same."""
    return unicodedata.normalize("NFKC", text)


def says_what_it_must(item: Item, reply: Reply) -> bool:
    """Whether every key fact is said and no forbidden one."""
    return all(says(reply.text, wordings) for wordings in item.must_say) and not says(reply.text, item.must_not_say)
