"""How well notices of other governments are read: measures, titles and departments against the truth read by hand.

``python -m eval.other_notices.parsing [FOLDER]`` prints a row for each notice and every miss. A department counts
in its role; the names of all roles together (``names``) show whether one was invented or overlooked.
"""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.dataset import SETS_DIR
from ingest.document import read_document
from ingest.errors import PolicyQAError
from ingest.notice import Source
from ingest.parser import parse

NOTICES = SETS_DIR / "notices"
ROLES = ("lead", "cooperating", "responsible")
_HEADINGS = ("通知", "应有", "读到", "标题", "牵头 F1", "配合 F1", "责任 F1", "并称 F1", "虚构")


@dataclass(frozen=True, slots=True)
class Tally:
    """True positives, names read, and names there are."""

    right: int = 0
    read: int = 0
    true: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.read + other.read, self.true + other.true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to read and nothing was read."""
        return 2 * self.right / (self.read + self.true) if self.read + self.true else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """One notice: how many measures there are, were read, were read with their title; names by role; what was missed.

    ``invented``: names that the document does not print.
    """

    name: str
    true: int
    read: int = 0
    titled: int = 0
    roles: dict[str, Tally] = field(default_factory=dict)
    invented: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def found(self) -> float:
        """Share of the measures that were read with number and title, of those that there are or were read."""
        return self.titled / max(self.true, self.read)

    @property
    def names(self) -> Tally:
        """All roles together."""
        return sum(self.roles.values(), Tally())


def score(path: Path) -> Score:
    """Compare what is read of a notice with the truth beside it (``.json``)."""
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    expected = {measure["number"]: measure for measure in truth["measures"]}
    try:
        document = read_document(path)
        notice = parse(document).notice
    except PolicyQAError as error:
        return Score(path.stem, len(expected), roles={"lead": Tally(true=1)}, misses=(str(error),))
    read = {source.number: source for source in notice.measures if source.number is not None}
    misses = [f"第{number}条没有读到" for number in expected.keys() - read.keys()]
    misses += [f"第{number}条是多出来的:{read[number].title}" for number in read.keys() - expected.keys()]
    titled = 0
    roles = {role: Tally() for role in ROLES}
    for number in sorted(expected.keys() | read.keys()):
        measure, source = expected.get(number, {}), read.get(number)
        if source and measure:
            is_same = _folded(source.title) == _folded(measure["title"])
            titled += is_same
            misses += [] if is_same else [f"第{number}条标题:{source.title} ≠ {measure['title']}"]
        for role in ROLES:
            names, wanted = _names(source, role), measure.get(role, [])
            roles[role] += _tally(names, wanted)
            if sorted(names) != sorted(wanted):
                misses.append(f"第{number}条{role}:{'、'.join(names)} ≠ {'、'.join(wanted)}")
        misses += _lead_misses(number, source, measure)
    invented = tuple(
        name for source in read.values() for role in ROLES for name in _names(source, role) if name not in document.text
    )
    return Score(path.stem, len(expected), len(read), titled, roles, invented, tuple(misses))


def _lead_misses(number: int, source: Source | None, measure: dict[str, list[str]]) -> Iterator[str]:
    wanted = measure.get("lead_by_note") or measure.get("lead_by_mark") or []
    implied = list(source.implied_lead) if source else []
    if wanted != implied:
        yield f"第{number}条按规则牵头:{'、'.join(implied)} ≠ {'、'.join(wanted)}"


def _names(source: Source | None, role: str) -> list[str]:
    return list(getattr(source, role)) if source else []


def _tally(names: Sequence[str], wanted: Sequence[str]) -> Tally:
    return Tally((Counter(names) & Counter(wanted)).total(), len(names), len(wanted))


def _folded(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("。.")


def main() -> None:
    """Print the table, and below it every miss."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else NOTICES
    scores = [score(path) for path in sorted(folder.glob("*.txt")) if path.with_suffix(".json").exists()]
    table = Table(*_HEADINGS)
    for each in scores:
        by_role = [f"{each.roles.get(role, Tally()).f1:.3f}" for role in ROLES]
        table.add_row(
            each.name,
            str(each.true),
            str(each.read),
            f"{each.found:.3f}",
            *by_role,
            f"{each.names.f1:.3f}",
            str(len(each.invented)),
        )
    console = Console(width=140)
    console.print(table)
    for each in scores:
        for miss in each.misses:
            console.print(f"{each.name} {miss}", markup=False, highlight=False)


if __name__ == "__main__":
    main()
