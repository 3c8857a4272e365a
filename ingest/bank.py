"""The question bank of a notice: questions people ask, each tied to the source that answers it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import CorpusError
from ingest.publication import write_atomically

OUTSIDE = "-"
"""Stands for the source of a question that the notice does not deal with."""

_Banked = TypeVar("_Banked", "BankedQuestion", "ApprovedQuestion")


@dataclass(frozen=True, slots=True)
class BankedQuestion:
    """A question people ask, tied to the key of the source that answers it (M12, A7). ``origin`` says who wrote it.

    A question that the notice does not deal with is tied to OUTSIDE.
    """

    source: str
    question: str
    origin: str


@dataclass(frozen=True, slots=True)
class ApprovedQuestion:
    """A question that came, or that was drafted, with the source, or OUTSIDE, that a reviewer approved: who and when.

    ``approved_at`` has a zone.
    """

    source: str
    question: str
    approved_by: str
    approved_at: datetime


def load_questions(path: Path, **common: str) -> tuple[BankedQuestion, ...]:
    """The questions of a bank file; ``common`` are fields that its lines leave out. Raises CorpusError."""
    return tuple(_parsed(path, lambda row: BankedQuestion(**common, **row)))


def load_approved(path: Path) -> tuple[ApprovedQuestion, ...]:
    """The approved questions of a file. Raises CorpusError."""
    return tuple(_parsed(path, _approved))


def save_approved(path: Path, questions: Iterable[ApprovedQuestion]) -> None:
    """Replace the file in one step."""
    rows = ({**asdict(each), "approved_at": each.approved_at.isoformat(timespec="seconds")} for each in questions)
    write_atomically(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _approved(row: dict[str, Any]) -> ApprovedQuestion:
    return ApprovedQuestion(**{**row, "approved_at": datetime.fromisoformat(row["approved_at"])})


def _parsed(path: Path, parse: Callable[[dict[str, Any]], _Banked]) -> Iterator[_Banked]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield parse(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"{path.parent.name}/{path.name} 第{number}行读不了:{error}。") from error
