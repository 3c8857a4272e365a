"""Where a sentence comes from: each of its characters laid beside one of its sources, or beside none.

The cheapest path (Viterbi) through all pairs of characters: going on is free, skipping ahead a little costs little,
jumping costs more, and a character of its own costs less than a jump for its sake.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

RESUME, JUMP, OWN = 0.6, 1.1, 0.75
"""Costs of going on after a short gap, of starting elsewhere, and of a character that is in no source."""

REACH = 24
"""Characters; so far ahead a sentence is read on, rather than jumped to."""

NOWHERE = -1
_CLAUSE_END = frozenset(",。;:!?\n")
_SENTENCE_END = frozenset("。!?\n")
_ITEM_END = frozenset("、()等") | _CLAUSE_END


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
    for char in text:
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
    size = len(printed.chars)
    if not said.chars or not size:
        return Alignment(said, printed, np.full(len(said.chars), NOWHERE, dtype=np.intp))
    letters = np.array(list(printed.chars))
    # cost[j]: of everything so far, with printed[j] the last that was matched; free: with nothing matched yet.
    cost, free = np.full(size, np.inf), 0.0
    steps: list[tuple[NDArray[np.intp], NDArray[np.bool_]]] = []
    for char in said.chars:
        best = int(np.argmin(cost))
        anywhere, origin = (cost[best], best) if cost[best] < free else (free, NOWHERE)
        came = np.full(size, origin, dtype=np.intp)
        matched = np.full(size, anywhere + JUMP)
        for ahead in range(REACH, 0, -1):
            price = cost[:-ahead] + (0.0 if ahead == 1 else RESUME)
            better = price <= matched[ahead:]
            matched[ahead:][better] = price[better]
            came[ahead:][better] = np.flatnonzero(better)
        matched[letters != char] = np.inf
        own = cost + OWN
        is_match = matched < own
        steps.append((np.where(is_match, came, np.arange(size)), is_match))
        cost, free = np.where(is_match, matched, own), free + OWN
    return Alignment(said, printed, _traced(steps, NOWHERE if free <= cost.min() else int(np.argmin(cost))))


def _traced(steps: list[tuple[NDArray[np.intp], NDArray[np.bool_]]], last: int) -> NDArray[np.intp]:
    places = np.full(len(steps), NOWHERE, dtype=np.intp)
    for position in range(len(steps) - 1, -1, -1):
        if last == NOWHERE:
            break
        came, is_match = steps[position]
        if is_match[last]:
            places[position] = last
            last = int(came[last])
    return places
