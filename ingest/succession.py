"""Two years of one series: which measures go on, which are new or gone, and what changed in those that go on."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from ingest.catalogue import ROLES, printed_departments
from ingest.departments import DepartmentRegister
from ingest.likeness import alike, bigrams, plain_text
from ingest.notice import Notice, Source

ChangedField = Literal["number", "title", "text", "lead", "cooperating", "responsible"]

SAME_SERIES = 0.5
"""From this likelihood on a notice is proposed to supersede another. Shanghai's plans for the business environment of
2024 and 2025, which have different slogans, are at 0.68; its plan for foreign trade is at 0.2 from theirs, and no two
of ten real notices of different governments are over 0.24."""

SAME_MEASURE = 0.4
"""Measures less alike than this are not the same in two years. In ten real notices no two of one notice are over 0.39,
and of the 501 matches that could be made between these unrelated notices 5 are."""

_SAME_NUMBER = 1e-6
"""Decides between measures that are otherwise alike to the letter."""

_FRAME = re.compile(r"^.*?《(?=.*》)|》.*$|^.*?关于(?:印发)?|的?通知$")
_EDITION = re.compile(
    r"[((【〔\[][^))】〕\]]*[))】〕\]]"
    r"|(?:19|20)\d\d(?:\s*[-—–~至]+\s*(?:19|20)?\d\d)?\s*年?度?"
    r"|[〇零一二三四五六七八九]{4}年度?"
    r"|第[一二三四五六七八九十\d]+[批版期轮]"
    r"|\d+(?:\.\d+)?\s*版?"
)


class Placed(Protocol):
    """A notice and the place that it is in force in, loaded or just read."""

    @property
    def notice(self) -> Notice:
        """The catalogue."""

    @property
    def region(self) -> str:
        """The place's full name, empty if unknown."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure or item that goes on, and what its notices print differently; departments count by who they are."""

    older: Source
    newer: Source
    changed: tuple[ChangedField, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """From one year to the next: what is new, what is gone, what goes on; each in printed order."""

    added: tuple[Source, ...]
    dropped: tuple[Source, ...]
    kept: tuple[Pair, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """What goes on otherwise than before."""
        return tuple(pair for pair in self.kept if pair.changed)


def same_series(one: Placed, other: Placed) -> float:
    """How likely two notices are editions of one series, 0..1.

    One place, one office, one title but for years, versions and what stands in brackets make it certain.
    """
    if one.region and other.region and not (one.region.endswith(other.region) or other.region.endswith(one.region)):
        return 0.0
    titles = [bigrams(_bare_title(each)) for each in (one, other)]
    issuers = [bigrams(_without_place(each.notice.issuer, each.region)) for each in (one, other)]
    return alike(*titles) * (0.7 + 0.3 * (alike(*issuers) if all(issuers) else 1.0))


def changes(older: Notice, newer: Notice, departments: DepartmentRegister) -> Changes:
    """What became of the measures and municipal items of ``older`` in ``newer``."""
    matched = [*_matched(older.measures, newer.measures), *_matched(older.municipal_items, newer.municipal_items)]
    before, after = ({source.key for source in side} for side in (zip(*matched, strict=True) if matched else ((), ())))
    return Changes(
        added=tuple(each for each in (*newer.measures, *newer.municipal_items) if each.key not in after),
        dropped=tuple(each for each in (*older.measures, *older.municipal_items) if each.key not in before),
        kept=tuple(Pair(old, new, tuple(_changed(old, new, departments))) for old, new in matched),
    )


def _changed(older: Source, newer: Source, departments: DepartmentRegister) -> Iterator[ChangedField]:
    if older.number != newer.number:
        yield "number"
    if plain_text(older.title) != plain_text(newer.title):
        yield "title"
    if plain_text(older.text) != plain_text(newer.text):
        yield "text"
    first = [set(departments.canonical(each.implied_lead)) for each in (older, newer)]
    for role in ROLES:
        before, after = (set(departments.canonical(printed_departments(each, role))) for each in (older, newer))
        # Where the first of them leads, their order is no accident.
        if before != after or (role == "responsible" and all(first) and first[0] != first[1]):
            yield role


def _matched(older: Sequence[Source], newer: Sequence[Source]) -> list[tuple[Source, Source]]:
    """The same measures of two years, one to one, in the newer one's order."""
    if not older or not newer:
        return []
    scores = measure_likeness(older, newer)
    tied = np.array([[old.number == new.number for new in newer] for old in older])
    rows, columns = linear_sum_assignment(scores + _SAME_NUMBER * tied, maximize=True)
    found = sorted((column, row) for row, column in zip(rows, columns, strict=True))
    return [(older[row], newer[column]) for column, row in found if scores[row, column] >= SAME_MEASURE]


def measure_likeness(older: Sequence[Source], newer: Sequence[Source]) -> NDArray[np.float64]:
    """How alike each is to each: a text that is kept will do, and so will a title under which half the text is kept."""
    titles = [[bigrams(each.title) for each in side] for side in (older, newer)]
    texts = [[bigrams(each.text) for each in side] for side in (older, newer)]
    by_title, by_text = (
        np.array([[alike(old, new) for new in after] for old in before]) for before, after in (titles, texts)
    )
    scores: NDArray[np.float64] = np.maximum(by_text, (by_title + by_text) / 2)
    return scores


def _bare_title(placed: Placed) -> str:
    title = _EDITION.sub("", _FRAME.sub("", unicodedata.normalize("NFKC", placed.notice.title)))
    return _without_place(title, placed.region)


def _without_place(text: str, region: str) -> str:
    """``text`` without the place's name that it begins with, whole or in its last part."""
    return next((text[len(region) - at :] for at in range(len(region)) if text.startswith(region[at:])), text)
