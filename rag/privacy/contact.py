"""Where a person can be reached: mobile and landline numbers, e-mail, WeChat."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import before, cues
from rag.privacy.span import Span

_SPOKEN = str.maketrans("〇零○O一幺壹l二两贰三叁四肆五伍六陆七柒八捌九玖", "0000111122233445566778899")
_MOBILE = re.compile(r"(?<!\d)(?:\(?\+?(?:00)?86\)?[ -]{0,2})?1[ .-]?[3-9](?:[ .,、-]{0,2}\d){9}(?!\d)")
_EXTENSION = r"(?: ?(?:转|分机|-|ext\.?|#) ?(?:分机)?\d{1,6}(?!\d))?"
_WITH_AREA = re.compile(rf"(?<![\d.])\(?0\d{{2,3}}\)?[ -]{{0,2}}[2-9]\d{{2,3}}[ -]?\d{{4}}(?!\d){_EXTENSION}")
_WITHOUT_AREA = re.compile(rf"(?<![\d.A-Za-z-])[2-9]\d{{3}}[ -]?\d{{4}}(?![\d.%])({_EXTENSION})")
_EMAIL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9])? ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_HANDLE = r"[^A-Za-z0-9\n。,;]{0,6}?([A-Za-z][A-Za-z0-9_-]{4,24}|\d{5,11})(?![A-Za-z0-9_@])"

_ADDED = re.compile(r"加(?:我|他|她|你)?[vV微薇]?[: ]{0,2}([A-Za-z](?=[A-Za-z]*[\d_-])[A-Za-z0-9_-]{4,24})")
"""Somebody's WeChat name is added without being called so."""


def mobiles(text: str) -> Iterator[Span]:
    """Mobile numbers, with or without 86, grouped in whatever way, in digits or as they are spoken."""
    for form in (text, text.translate(_SPOKEN)):
        yield from (match.span() for match in _MOBILE.finditer(form))


def landlines(text: str) -> Iterator[Span]:
    """Landline numbers with an area code, or of eight digits where a telephone is spoken of; with extensions."""
    words = cues()["before"]
    for match in _WITH_AREA.finditer(text):
        if not re.search(words["no_person"], before(text, match.start())):
            yield match.span()
    for match in _WITHOUT_AREA.finditer(text):
        near = before(text, match.start())
        is_other = re.search(words["no_person"], near)
        if match[1] or (re.search(words["landline"], near) and not is_other):
            yield match.span()


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses."""
    yield from (match.span() for match in _EMAIL.finditer(text))


def wechats(text: str) -> Iterator[Span]:
    """WeChat names, which only what is said before them gives away."""
    for match in _called_wechat().finditer(text):
        if not re.search(cues()["before"]["no_person"], before(text, match.start())):
            yield match.span(1)
    yield from (match.span(1) for match in _ADDED.finditer(text))


@lru_cache(maxsize=1)
def _called_wechat() -> re.Pattern[str]:
    return re.compile(f"(?:{cues()['wechat']['called']}){_HANDLE}", re.IGNORECASE)
