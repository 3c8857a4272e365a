"""What the page says, by language: data in wording/*.toml, so that the texts are read and mended in one place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

PageLanguage = Literal["zh", "en"]
PAGE_LANGUAGES: tuple[PageLanguage, ...] = ("zh", "en")
_PREFIXES: Mapping[PageLanguage, str] = {"zh": "", "en": "/en"}
_FOLDER = Path(__file__).parent / "wording"

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language of the page; ``prefix`` begins the addresses of its pages."""

    language: PageLanguage
    texts: Texts

    @property
    def prefix(self) -> str:
        """Nothing for Chinese, /en for English."""
        return _PREFIXES[self.language]

    @property
    def other(self) -> "Wording":
        """What the language switch leads to."""
        return wording("en" if self.language == "zh" else "zh")

    def say(self, key: str, **values: object) -> str:
        """The text under ``section.key`` with its {…} filled in. Raises KeyError for an unknown key."""
        section, _, name = key.partition(".")
        return self.texts[section][name].format(**values)


@cache
def wording(language: PageLanguage) -> Wording:
    """The texts of a page language."""
    return Wording(language, read_texts(language))


@cache
def card_texts(language: str) -> Mapping[str, str]:
    """The texts of an answer's card in the language of the answer."""
    return read_texts(language)["card"]


@cache
def trades(language: PageLanguage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Example questions by trade."""
    found = tomllib.loads((_FOLDER / "examples.toml").read_text(encoding="utf-8"))["trade"]
    return tuple((trade[language], tuple(trade["questions"][language])) for trade in found)


@cache
def read_texts(language: str) -> Texts:
    """All sections of a language's file."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
