"""Which department's questions go to which other, and how many of each department's come to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.routing.scoring import directed, expected, has_lead
from eval.scores import Pair


@dataclass(frozen=True, slots=True)
class Misdirected:
    """``n`` questions led by the ``expected`` departments that went to the ``given``; empty: refused or asked back."""

    expected: tuple[str, ...]
    given: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class DepartmentTally:
    """A department leads in ``n`` questions; in ``right`` of them it was given, alone or with others."""

    department: str
    n: int
    right: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """Over the answerable questions: only what differs, the most frequent first; and every department that leads."""

    rows: tuple[Misdirected, ...]
    departments: tuple[DepartmentTally, ...]


def confusion(pairs: Sequence[Pair]) -> Confusion:
    """Where the questions went that have a department to go to."""
    routes = [(tuple(sorted(expected(pair[0]))), tuple(sorted(directed(*pair)))) for pair in pairs if has_lead(pair)]
    differing = Counter((expected, given) for expected, given in routes if expected != given)
    asked = Counter(name for expected, _ in routes for name in expected)
    came = Counter(name for expected, given in routes for name in expected if name in given)
    return Confusion(
        tuple(Misdirected(expected, given, n) for (expected, given), n in differing.most_common()),
        tuple(DepartmentTally(name, n, came[name]) for name, n in asked.most_common()),
    )
