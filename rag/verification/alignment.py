"""Where a sentence comes from: each of its characters laid beside one of its sources, or beside none.

The cheapest path (Viterbi) through all pairs of characters: going on is free, skipping ahead a little costs little,
jumping costs more, and a character of its own costs less than a jump for its sake.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from rag.fusion import Floats

RESUME, JUMP, OWN = 0.6, 1.1, 0.75
"""Costs of going on after a short gap, of starting elsewhere, and of a character that is in no source."""

EDGE = 0.1
"""So much less, where an item of a list begins: of two ways to read a sentence, that which cuts nothing apart."""

REACH = 24
"""Characters; so far ahead a sentence is read on, rather than jumped to."""

NOWHERE = -1
_CLAUSE_END = frozenset(",。;:!?\n")
_SENTENCE_END = frozenset("。!?\n")
_ITEM_END = frozenset("、()等和及或") | _CLAUSE_END


@dataclass(frozen=True)
class Line:
    """The letters and digits of a text, in order, each with the number of its clause and of its item in a list.

    ``openings`` are the places at which a sentence of the text begins.
    """

    chars: str
    clauses: NDArray[np.intp]
    items: NDArray[np.intp]
    openings: frozenset[int]

    def opens_sentence(self, place: int) -> bool:
        """Whether a sentence of the text begins here."""
        return place in self.openings

    def opens_item(self, place: int) -> bool:
        """Whether a clause, or an item of a list, begins here."""
        return place == 0 or bool(self.items[place] != self.items[place - 1])

    def clause(self, number: int) -> tuple[int, int]:
        """[start, end) of a clause."""
        places = np.flatnonzero(self.clauses == number)
        return int(places[0]), int(places[-1]) + 1


@dataclass(frozen=True, slots=True)
class Block:
    """``length`` characters that run on in both, from ``said`` in the sentence and ``printed`` in the sources."""

    said: int
    printed: int
    length: int


@dataclass(frozen=True)
class Alignment:
    """``places``: for each character of ``said`` its place in ``printed``, or NOWHERE."""

    said: Line
    printed: Line
    places: NDArray[np.intp]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The runs, in the order of the sentence; none goes over the end of one of its clauses."""
        blocks: list[Block] = []
        for said, printed in enumerate(self.places.tolist()):
            if printed == NOWHERE:
                continue
            last = blocks[-1] if blocks else None
            if (
                last
                and last.said + last.length == said
                and last.printed + last.length == printed
                and self.said.clauses[said] == self.said.clauses[last.said]
            ):
                blocks[-1] = Block(last.said, last.printed, last.length + 1)
            else:
                blocks.append(Block(said, printed, 1))
        return tuple(blocks)


def line(text: str) -> Line:
    """A normalised text as a Line."""
    chars: list[str] = []
    clauses: list[int] = []
    items: list[int] = []
    openings: set[int] = {0}
    clause = item = 0
    for char in text.replace("以及", "及"):
        if char in _ITEM_END:
            item += 1
            clause += char in _CLAUSE_END
            if char in _SENTENCE_END:
                openings.add(len(chars))
        elif char.isalnum() or char in "%★":
            chars.append(char.lower())
            clauses.append(clause)
            items.append(item)
    return Line("".join(chars), np.array(clauses, dtype=np.intp), np.array(items, dtype=np.intp), frozenset(openings))


def align(said: Line, printed: Line) -> Alignment:
    """The cheapest alignment."""
    places_of: defaultdict[str, list[int]] = defaultdict(list)
    for place, char in enumerate(printed.chars):
        places_of[char].append(place)
    # cost[place]: of everything so far, with that place the last one matched; free: with nothing matched yet.
    cost, free = np.full(len(printed.chars) + 1, np.inf), 0.0
    steps: list[dict[int, int]] = []
    for char in said.chars:
        best = int(np.argmin(cost))
        jump = (cost[best] + JUMP, best) if cost[best] < free else (free + JUMP, NOWHERE)
        own, step = cost + OWN, {}
        for place in places_of[char]:
            edge = EDGE * printed.opens_item(place)
            ways = [(jump[0] - edge, jump[1]), *_read_on(cost, place, edge)]
            price, origin = min(ways, key=itemgetter(0))
            if price < own[place]:
                own[place], step[place] = price, origin
        cost, free = own, free + OWN
        steps.append(step)
    return Alignment(said, printed, _traced(steps, NOWHERE if free <= cost.min() else int(np.argmin(cost))))


def _read_on(cost: Floats, place: int, edge: float) -> Iterator[tuple[float, int]]:
    """What it costs to come to a place from the one before it, or over a short gap, and where from."""
    if place > 0:
        yield float(cost[place - 1]), place - 1
    if place > 1:
        first = max(0, place - REACH)
        nearest = place - 2 - int(np.argmin(cost[first : place - 1][::-1]))
        yield float(cost[nearest]) + RESUME - edge, nearest


def _traced(steps: Sequence[Mapping[int, int]], last: int) -> NDArray[np.intp]:
    places = np.full(len(steps), NOWHERE, dtype=np.intp)
    for position in range(len(steps) - 1, -1, -1):
        if last in steps[position]:
            places[position] = last
            last = steps[position][last]
    return places
