"""Personal data in what callers say: found and masked before anything is logged, stored, embedded or sent on."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.privacy.address import addresses
from rag.privacy.contact import emails, landlines, mobiles, wechats
from rag.privacy.identity import bank_cards, id_numbers, passports, plates
from rag.privacy.name import names
from rag.privacy.span import CLAIMED, Span, folded

_DATA_FILE = Path(__file__).parent.parent / "data" / "privacy.toml"
_FINDERS: tuple[tuple[str, Callable[[str], Iterator[Span]]], ...] = (
    ("email", emails),
    ("id_number", id_numbers),
    ("bank_card", bank_cards),
    ("mobile", mobiles),
    ("passport", passports),
    ("landline", landlines),
    ("plate", plates),
    ("wechat", wechats),
    ("address", addresses),
    ("name", names),
)
"""In this order: what one kind has claimed, the next does not see."""


@dataclass(frozen=True, slots=True)
class PrivateData:
    """One piece of personal data in a text, from ``start`` up to ``end``."""

    kind: str
    start: int
    end: int


def find_private(text: str) -> tuple[PrivateData, ...]:
    """The personal data in a text, in order, not overlapping."""
    left, found = text, tuple[PrivateData, ...]()
    for kind, finder in _FINDERS:
        left, more = _claim(left, kind, finder)
        found += more
    return tuple(sorted(found, key=lambda each: each.start))


def without_numbers(text: str) -> str:
    """The text in which names are looked for: every other kind of personal data is claimed."""
    for kind, finder in _FINDERS[:-1]:
        text, _ = _claim(text, kind, finder)
    return folded(text)


def mask(text: str, is_harmless: Callable[[PrivateData], bool] = lambda _: False) -> str:
    """The text with a word in 〔〕 in place of each piece of personal data but for what ``is_harmless``."""
    for each in reversed([found for found in find_private(text) if not is_harmless(found)]):
        text = f"{text[: each.start]}〔{_shown()[each.kind]}〕{text[each.end :]}"
    return text


def unmarked(masked: str) -> str:
    """A masked text without the words in place of personal data: what is embedded and searched."""
    for word in _shown().values():
        masked = masked.replace(f"〔{word}〕", "")
    return masked


def _claim(text: str, kind: str, finder: Callable[[str], Iterator[Span]]) -> tuple[str, tuple[PrivateData, ...]]:
    found: list[PrivateData] = []
    text = folded(text)
    for start, end in _joined(finder(text)):
        if CLAIMED not in text[start:end]:
            found.append(PrivateData(kind, start, end))
            text = text[:start] + CLAIMED * (end - start) + text[end:]
    return text, tuple(found)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=1)
def _shown() -> dict[str, str]:
    shown: dict[str, str] = tomllib.loads(_DATA_FILE.read_text(encoding="utf-8"))["shown"]
    return shown
