"""Is another place, another year or another document meant? Such a question is not for the home notices to answer."""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.asking import asking_clauses

_PLACES_FILE = Path(__file__).parent / "data" / "places.toml"
_YEAR = r"(?<!\d)(?:19|20)\d\d"
_STREET = r"(?!(?:东|西|南|北|中)?(?:路|街|大道)|人(?!才|社|力|民|工))"
"""What makes a street or a person of a place's name."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is meant instead, as the question calls it: a place (``in_city`` if in the same city) or a document."""

    name: str
    in_city: bool = False
    is_document: bool = False


def elsewhere(text: str, years: Collection[int]) -> Elsewhere | None:
    """The other place or document that ``text`` asks about, if it does more than mention it in passing.

    ``years`` are those of the notices that questions are about.
    """
    cues = _cues()
    plain = cues.not_places.sub("", folded(text))
    if found := other_document(text, years):
        return Elsewhere(found, is_document=True)
    for in_city, places in ((True, cues.shanghai), (False, cues.elsewhere)):
        if name := _meant(plain, dict.fromkeys(places.findall(plain)), in_city):
            return Elsewhere(name, in_city)
    return None


def folded(text: str) -> str:
    """Lower case, and names in Latin letters without apostrophes: Tai'an is taian."""
    return re.sub(r"(?<=[a-z])['\u2019](?=[a-z])", "", text.lower())


def named_place(text: str, names: Iterable[str], in_city: bool) -> str | None:
    """The first of the names of one other place that ``text`` asks about; ``in_city`` if it is in the same city."""
    plain = _cues().not_places.sub("", folded(text))
    said = [name for name in names if re.search(_word(name) + _STREET, plain)]
    return _meant(plain, said, in_city)


def _word(name: str) -> str:
    return rf"\b{name}\b" if name.isascii() else re.escape(name)


def other_document(text: str, years: Collection[int]) -> str | None:
    """The words of ``text`` that are about a document, or a year, other than those of the given years."""
    plain = _cues().not_places.sub("", folded(text))
    return next((said for said in _documents(plain) if not _is_of(said, years)), None)


def document_years(text: str) -> frozenset[int]:
    """The years whose plans or notices ``text`` is about: 2024年的方案."""
    plain = _cues().not_places.sub("", folded(text))
    of_year = any(re.search(_YEAR, said) for said in _documents(plain))
    return frozenset(map(int, re.findall(_YEAR, plain))) if of_year else frozenset()


def places_named(text: str) -> frozenset[str]:
    """Every place that ``text`` names, in passing or not."""
    cues = _cues()
    plain = cues.not_places.sub("", folded(text))
    return frozenset(name for places in (cues.shanghai, cues.elsewhere, cues.here) for name in places.findall(plain))


def _documents(plain: str) -> Iterable[str]:
    for pattern in _cues().documents:
        for match in re.finditer(pattern.replace("{year}", _YEAR), plain):
            yield match.group()


def _is_of(said: str, years: Collection[int]) -> bool:
    return any(int(year) in years for year in re.findall(_YEAR, said))


def _meant(plain: str, names: Collection[str], in_city: bool) -> str | None:
    """The first of the names that is more than mentioned in passing, in a text that is not about the own place."""
    cues = _cues()
    own = cues.district if in_city else cues.here
    asking = " ".join(asking_clauses(plain))
    for name in names:
        # “泰安市里” is no word for the own city.
        if own.search(asking.replace(name, " ")) or (own.search(plain.replace(name, " ")) and name not in asking):
            continue
        if not _says(cues.passing, name, plain):
            return name
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
