"""Question sets with their ground truth, one JSON object a line (schema in docs/eval.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

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


class _Line(BaseModel):
    """What is read of a line; the sets carry more for other measurements."""

    model_config = ConfigDict(strict=True)

    id: str
    type: str
    lang: str
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    answerable: bool
    gold: frozenset[str]
    also_ok: frozenset[str]
    lead: tuple[str, ...]


def load_items(folder: Path) -> list[Item]:
    """All items of the sets in a folder, in file order.

    Raises CorpusError if there is none, or naming the line that cannot be read.
    """
    items = [item for path in sorted(folder.glob("*.jsonl")) for item in load_set(path)]
    if not items:
        raise CorpusError(f"{folder} 里没有题目。", "请放入 .jsonl 题集,格式见 docs/eval.md。")
    return items


def load_set(path: Path) -> Sequence[Item]:
    """The items of one set."""
    items = []
    for number, text in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            problems = ";".join(".".join(map(str, (*item["loc"], item["msg"]))) for item in error.errors())
            raise CorpusError(f"{path.name} 第{number}行读不了:{problems}。", "格式见 docs/eval.md。") from error
        items.append(
            Item(
                id=line.id,
                set=path.stem,
                type=line.type,
                language=line.lang,
                question=line.question,
                answerable=line.answerable,
                gold=line.gold,
                also_ok=line.also_ok,
                lead=line.lead,
            )
        )
    return items
