"""Where a sentence departs from its sources, read off an alignment.

What is taken from a source word for word, in whole clauses or whole items of a list, does not depart. A word of its
own does, as do parts of different clauses put together, and what was cut away from the front or the middle of a clause,
where Chinese has its conditions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rag.verification.alignment import Alignment, Block
from rag.verification.cues import cues
from rag.verification.own_words import OwnWords

Kind = Literal["own", "negated", "exchanged", "turned", "seam", "cut", "restriction", "scope"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Words of its own, negations among them, and those that stand where the source has others; who does what to whom, set
or left out; parts put together; words cut out, restrictions among them; a clause that says under what condition, left
out."""

_NEAR = 6
"""A single character that stands so near to the rest is no coincidence."""

_SHARE = 0.6
"""A clause of which more than this is missing is left out."""

_FRONT = 3
"""Characters: a longer front of a clause says for whom or when, if it begins like that."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure; ``words`` are those it is about, of the sentence or of the source."""

    kind: Kind
    words: str


class Departures:
    """Finds the departures of one sentence."""

    def __init__(self, alignment: Alignment) -> None:
        self._said = alignment.said
        self._printed = alignment.printed
        self._blocks = tuple(_without_coincidences(alignment))
        self._own = OwnWords(alignment.said.chars, alignment.printed.chars)

    def __iter__(self) -> Iterator[Departure]:
        for last, block in zip((None, *self._blocks), (*self._blocks, None), strict=True):
            start = last.said + last.length if last else 0
            end = block.said if block else len(self._said.chars)
            own = self._own.left(start, end)
            if own:
                yield Departure("own", own)
                if cues().negations.search(self._said.chars[start:end]):
                    yield Departure("negated", own)
            if last and block:
                if own and self._follows(last, block) and block.printed > last.printed + last.length:
                    yield Departure("exchanged", own)
                yield from self._turned(last, block)
                yield from self._between(last, block, is_same=self._own.is_exchanged(start, end))
            if last and not (block and self._follows(last, block)):
                yield from self._after(last)
            if block and not self._goes_on(last, block):
                yield from self._before(block)

    def _between(self, last: Block, block: Block, *, is_same: bool) -> Iterator[Departure]:
        """What was cut out between two blocks, or whether they were put together."""
        end = last.printed + last.length
        is_whole = self._ends(end - 1) and self._printed.opens_item(block.printed)
        if self._mixes_items(last, block):
            yield Departure("seam", self._text(last)[-4:] + "|" + self._text(block)[:4])
        elif self._follows(last, block):
            gap = self._unused(end, block.printed)
            if gap.startswith(cues().conjoined):
                yield Departure("restriction", gap)
            elif gap and not is_whole and not is_same:
                yield Departure("cut", gap)
                if _restricts(gap):
                    yield Departure("restriction", gap)
        elif self._said.items[last.said] == self._said.items[block.said] and not is_whole:
            yield Departure("seam", self._text(last)[-4:] + "|" + self._text(block)[:4])

    def _turned(self, last: Block, block: Block) -> Iterator[Departure]:
        """A word that tells who does what to whom, between two blocks of one clause, in only one of the two texts."""
        said = self._said.chars[last.said + last.length : block.said]
        cut = self._unused(last.printed + last.length, block.printed) if self._follows(last, block) else ""
        if self._said.items[last.said] == self._said.items[block.said]:
            for word in cues().markers:
                if (word in said) != (word in cut):
                    yield Departure("turned", word)

    def _mixes_items(self, last: Block, block: Block) -> bool:
        """Whether the end of one item of a list was put to the beginning of another."""
        end = last.printed + last.length
        return (
            self._follows(last, block)
            and bool(self._printed.items[end - 1] != self._printed.items[block.printed])
            and not self._ends(end - 1)
            and not self._printed.opens_item(block.printed)
        )

    def _before(self, block: Block) -> Iterator[Departure]:
        """What stood before a block that begins a clause: the front of its own, and the clause before that."""
        start, _ = self._printed.clause(int(self._printed.clauses[block.printed]))
        head = self._unused(start, block.printed)
        if _restricts(head) or (len(head) > _FRONT and head.startswith(cues().conditional)):
            yield Departure("restriction", head)
        if self._printed.opens_sentence(start):
            return
        start, end = self._printed.clause(int(self._printed.clauses[start - 1]))
        before = self._printed.chars[start:end]
        is_left_out = len(self._unused(start, end)) > _SHARE * len(before)
        if is_left_out and (before.startswith(cues().conditional_clause) or before.endswith(cues().conditional_end)):
            yield Departure("scope", before)

    def _after(self, last: Block) -> Iterator[Departure]:
        """A further condition at the end of a clause that was left out."""
        _, end = self._printed.clause(int(self._printed.clauses[last.printed]))
        tail = self._unused(last.printed + last.length, end)
        if tail.startswith(cues().conjoined):
            yield Departure("restriction", tail)

    def _goes_on(self, last: Block | None, block: Block) -> bool:
        """Whether a block goes on in the clause, in both texts, in which the last one stood."""
        return bool(
            last
            and last.printed < block.printed
            and self._printed.clauses[last.printed] == self._printed.clauses[block.printed]
            and self._said.clauses[last.said] == self._said.clauses[block.said]
        )

    def _follows(self, last: Block, block: Block) -> bool:
        end = last.printed + last.length
        return block.printed >= end and self._printed.clauses[end - 1] == self._printed.clauses[block.printed]

    @cached_property
    def _used(self) -> NDArray[np.bool_]:
        used = np.zeros(len(self._printed.chars), dtype=bool)
        for block in self._blocks:
            used[block.printed : block.printed + block.length] = True
        return used

    def _unused(self, start: int, end: int) -> str:
        return "".join(self._printed.chars[place] for place in range(start, end) if not self._used[place])

    def _text(self, block: Block) -> str:
        return self._printed.chars[block.printed : block.printed + block.length]

    def _ends(self, place: int) -> bool:
        """Whether a clause, or an item of a list, ends here."""
        return place == len(self._printed.chars) - 1 or self._printed.opens_item(place + 1)


def _restricts(words: str) -> bool:
    return bool(cues().negations.search(words)) or any(word in words for word in cues().hedges)


def _without_coincidences(alignment: Alignment) -> Iterator[Block]:
    """The blocks but for single characters that stand far from all others of their clause."""
    clauses, blocks = alignment.said.clauses, alignment.blocks
    for place, block in enumerate(blocks):
        neighbours = (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])
        gaps = (
            max(block.printed, each.printed) - min(block.printed + block.length, each.printed + each.length)
            for each in neighbours
            if clauses[each.said] == clauses[block.said]
        )
        if block.length > 1 or any(gap <= _NEAR for gap in gaps):
            yield block
