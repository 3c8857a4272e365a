"""Is another place, another year or another document meant? Such a question is not for this notice to answer."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.asking import asking_clauses

_PLACES_FILE = Path(__file__).parent / "data" / "places.toml"
_YEAR = r"(?<!\d)(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is meant instead, as the question calls it: a place (``in_city`` if in the same city) or a document."""

    name: str
    in_city: bool = False
    is_document: bool = False


def elsewhere(text: str, year: int) -> Elsewhere | None:
    """The other place or document that ``text`` asks about, if it does more than mention it in passing.

    ``year`` is the year of the notice that questions are about.
    """
    cues = _cues()
    plain = cues.not_places.sub("", text.lower())
    if found := _other_document(plain, year):
        return Elsewhere(found, is_document=True)
    asking = " ".join(asking_clauses(plain))
    for in_city, places in ((True, cues.shanghai), (False, cues.elsewhere)):
        own = cues.district if in_city else cues.here
        if own.search(asking):
            continue
        for name in dict.fromkeys(places.findall(plain)):
            if own.search(plain) and name not in asking:
                continue
            if _says(cues.passing, name, plain):
                continue
            return Elsewhere(name, in_city)
    return None


def places_named(text: str) -> frozenset[str]:
    """Every place that ``text`` names, in passing or not."""
    cues = _cues()
    plain = cues.not_places.sub("", text.lower())
    return frozenset(name for places in (cues.shanghai, cues.elsewhere, cues.here) for name in places.findall(plain))


def _other_document(text: str, year: int) -> str | None:
    for pattern in _cues().documents:
        for match in re.finditer(pattern.replace("{year}", _YEAR), text):
            years = re.findall(_YEAR, match.group())
            if not years or str(year) not in years:
                return match.group()
    return None


def _says(templates: Sequence[str], name: str, text: str) -> bool:
    return any(re.search(template.replace("{place}", re.escape(name)), text) for template in templates)


@dataclass(frozen=True, slots=True)
class _Cues:
    shanghai: re.Pattern[str]
    elsewhere: re.Pattern[str]
    not_places: re.Pattern[str]
    district: re.Pattern[str]
    here: re.Pattern[str]
    passing: tuple[str, ...]
    documents: tuple[str, ...]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = tomllib.loads(_PLACES_FILE.read_text(encoding="utf-8"))
    either = {name: re.compile("|".join(data[name])) for name in ("shanghai", "elsewhere", "not_places", "district")}
    return _Cues(
        **either,
        here=re.compile("|".join((*data["district"], *data["city"]))),
        passing=tuple(data["passing"]),
        documents=tuple(data["documents"]),
    )
