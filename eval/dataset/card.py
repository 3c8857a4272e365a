"""The data card: which set is of whom, in which split, with how many questions."""

import tomllib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from eval.dataset.item import Item
from eval.dataset.line import load_set
from eval.dataset.places import CARD_FILE, QUESTIONS_DIR

Split = Literal["development", "test", "all"]


class StatedSet(BaseModel):
    """One file of questions: its writer's persona, what was looked at while the product was made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    writer: str
    written: str
    questions: int
    covers: str
    seen: str

    @property
    def split(self) -> str:
        """The split that the file is in: its folder."""
        return self.file.partition("/")[0]


class Agreement(BaseModel):
    """Cohen's κ of two annotators over so many questions: of the treatment, and of the first source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: int
    status: float
    first_source: float


class DataCard(BaseModel):
    """What is stated of the data sets as a whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    version: str
    licence: str
    notice: str
    agreement: Agreement
    sets: tuple[StatedSet, ...] = Field(alias="set")


def load_card() -> DataCard:
    """The card of the sets that come with the project."""
    return DataCard.model_validate(tomllib.loads(CARD_FILE.read_text(encoding="utf-8")))


def load_split(split: Split) -> list[Item]:
    """The questions of a split, in the order of the card."""
    stated = (each for each in load_card().sets if split in ("all", each.split))
    return [item for each in stated for item in load_set(QUESTIONS_DIR / each.file)]


def load_questions() -> list[Item]:
    """The questions of both splits."""
    return load_split("all")


def load_standalone() -> list[Item]:
    """Those of them that need no conversation before them."""
    return [item for item in load_questions() if not item.history]
