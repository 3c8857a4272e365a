"""The third verdict: what kind of detail a question asks for, and whether a source states it."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.asking import asking_clauses
from rag.question import Language
from rag.script import to_traditional

_DETAILS_FILE = Path(__file__).parent / "data" / "details.toml"


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: its name by language, how it is asked for, how a source that has it states it."""

    id: str
    zh: str
    en: str
    ja: str
    asked: re.Pattern[str]
    stated: re.Pattern[str] | None

    def name(self, language: Language) -> str:
        """Its name in the asker's language."""
        names = {"zh": self.zh, "zh-Hant": to_traditional(self.zh), "en": self.en, "ja": self.ja}
        return names[language]


def asked_details(question: str) -> tuple[Detail, ...]:
    """The kinds of detail that the asking clauses of ``question`` ask for."""
    return asked_of(question, _details())


def asked_of(question: str, details: Iterable[Detail]) -> tuple[Detail, ...]:
    """Those of the given kinds of detail that the asking clauses of ``question`` ask for."""
    asked = _fold(" ".join(asking_clauses(question)))
    return tuple(detail for detail in details if detail.asked.search(asked))


def missing_details(question: str, text: str) -> tuple[Detail, ...]:
    """The kinds of detail that ``question`` asks for and ``text`` does not state."""
    stated = _fold(text)
    return tuple(detail for detail in asked_details(question) if not (detail.stated and detail.stated.search(stated)))


def detail_ids() -> tuple[str, ...]:
    """The ids of all kinds of detail."""
    return tuple(detail.id for detail in _details())


def _fold(text: str) -> str:
    # Blanks between Chinese characters carry nothing; between Latin words they separate words.
    return re.sub(r"(?<![a-z])\s+|\s+(?![a-z])", "", text.lower())


@lru_cache(maxsize=1)
def _details() -> tuple[Detail, ...]:
    return read_details(_DETAILS_FILE)


def read_details(path: Path) -> tuple[Detail, ...]:
    """The kinds of detail of a data file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Detail(
            id=name,
            zh=entry["zh"],
            en=entry["en"],
            ja=entry["ja"],
            asked=re.compile("|".join(entry["asked"])),
            stated=re.compile("|".join(entry["stated"])) if entry["stated"] else None,
        )
        for name, entry in data.items()
    )
