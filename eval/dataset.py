"""Question sets with their ground truth, one JSON object a line (schema in docs/eval.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import CorpusError

Expected = Literal["answered", "partial", "refused"]
EVAL_DIR = Path(__file__).parent
SETS_DIR = EVAL_DIR / "sets"
TRAINING_DIR = EVAL_DIR / "training"


@dataclass(frozen=True, slots=True)
class Item:
    """One question: which sources must be cited (``gold``), which may be (``also_ok``), and who leads the gold ones."""

    id: str
    set: str
    type: str
    language: str
    question: str
    answerable: bool
    gold: frozenset[str]
    also_ok: frozenset[str]
    lead: tuple[str, ...]

    @property
    def expected(self) -> Expected:
        """The right treatment: an answer, an honest half, or a refusal."""
        if self.answerable:
            return "answered"
        return "partial" if self.also_ok else "refused"


def load_items(folder: Path) -> list[Item]:
    """All items of the sets in a folder, in file order. Raises CorpusError naming the line that cannot be read."""
    return [item for path in sorted(folder.glob("*.jsonl")) for item in load_set(path)]


def load_set(path: Path) -> Sequence[Item]:
    """The items of one set."""
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            items.append(
                Item(
                    id=data["id"],
                    set=path.stem,
                    type=data["type"],
                    language=data["lang"],
                    question=data["question"],
                    answerable=data["answerable"],
                    gold=frozenset(data["gold"]),
                    also_ok=frozenset(data["also_ok"]),
                    lead=tuple(data["lead"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name} 第{number}行读不了:{error}。", "格式见 docs/eval.md。") from error
    return items
