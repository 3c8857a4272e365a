"""Two annotators' labels of the same questions, apart from each other and from the questions' writers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from eval.dataset.places import SETS_DIR
from eval.statistics.agreement import kappa

ANNOTATIONS_FILE = SETS_DIR / "annotations" / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """How a question has to be treated, and the sources of the answer, the first one first; empty if there is none."""

    status: str
    sources: tuple[str, ...]

    @property
    def first(self) -> str:
        """The source that an answer would cite first."""
        return self.sources[0] if self.sources else ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A question by its id, with the labels of the two annotators."""

    id: str
    labels: tuple[Label, Label]


def load_annotations() -> list[Annotated]:
    """Every question that was annotated twice."""
    found = []
    for row in map(json.loads, ANNOTATIONS_FILE.read_text(encoding="utf-8").splitlines()):
        one, two = (Label(each["status"], (*each["gold"], *each["also_ok"])) for each in row["annotations"])
        found.append(Annotated(row["id"], (one, two)))
    return found


def agreement(annotated: Sequence[Annotated]) -> dict[str, float]:
    """Cohen's κ of the treatment and of the first source."""
    pairs = [each.labels for each in annotated]
    return {
        "status": kappa([one.status for one, _ in pairs], [two.status for _, two in pairs]),
        "first source": kappa([one.first for one, _ in pairs], [two.first for _, two in pairs]),
    }
