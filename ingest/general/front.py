"""What a notice says of itself: title, issuer, date, document number, region, year; each with how sure that is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from ingest.general.dating import date_in, is_date, is_garbled, released
from ingest.general.notation import Field, notation
from ingest.general.paragraphs import Paragraph
from ingest.parsed import CERTAIN, Oddity
from ingest.region import NATION, region_named

_NUMBER = re.compile(r"[一-鿿]{1,16}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*(?:第)?\s*\d+\s*号")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ISSUES = re.compile(r"(?P<issuer>.{2,60}?)(?:关于|印发)")
_SEAL = re.compile(r"[一-鿿()（）“”\"、 \u3000]{2,40}")
_ADDRESSEES = re.compile(r".{2,120}[:：]")
_FIELD = re.compile(r"[【\[]?(?P<name>[一-鿿 \u3000]{2,8}?)[】\]]?[ \t\u3000]*[:：][ \t\u3000]*(?P<value>.*)")
_FIRST_LINES, _TITLE_LINES = 60, 4
"""A title begins on one of the first lines, and is broken over a few at most."""

PRINTED, LIKELY, GUESSED, DOUBTED, ABSENT = CERTAIN, 0.9, 0.7, 0.35, 0.0
"""How sure a fact is: printed as such; read off another one; guessed from where it stands; hardly; not found."""

Fact = tuple[str, float]
"""What was found (empty if nothing) and how sure it is."""


@dataclass(frozen=True, slots=True)
class Front:
    """The notice's own facts, as far as they are found. ``taken`` are the paragraphs that hold nothing else."""

    title: str
    issuer: str
    issued_on: date | None
    document_number: str | None
    addressees: str
    region: str
    year: int | None
    taken: frozenset[Paragraph]
    confidence: Mapping[str, float]
    oddities: tuple[Oddity, ...]


def read_front(paragraphs: Sequence[Paragraph], matter: Mapping[str, str]) -> Front:
    """The facts from what stands before the first number, from the end of the text, and from the page around it.

    ``matter`` are the fields of a front matter; other pages list theirs line by line above the text.
    """
    fields, listed = _fields(paragraphs)
    every = [each for each in paragraphs if each not in listed]
    before = list(takewhile(lambda each: each.marker is None, every))
    (title, title_trust), title_end = _title(before, matter.get("title") or fields.get("title", ""))
    number, number_trust = _number(before, fields)
    issued_on, date_trust = _issued_on(every, matter, fields)
    issuer, issuer_trust = _issuer(title, every, fields)
    region, region_trust = _region(issuer, title)
    year, year_trust = _year(title, issued_on)
    addressees = next((each.text[:-1] for each in before[title_end:] if _ADDRESSEES.fullmatch(each.text)), "")
    facts = {_folded(title), _folded(issuer), _folded(number), *(f"{addressees}{colon}" for colon in ":：")}
    facts |= {_folded(each.text) for each in before[:title_end] if _bare(each.text) in title}
    said = {each for each in every if is_date(each.text) or released(each.text) or _folded(each.text) in facts}
    return Front(
        title,
        issuer,
        issued_on,
        number or None,
        addressees,
        region,
        year,
        listed | said,
        {
            "title": title_trust,
            "issuer": issuer_trust,
            "issued_on": date_trust,
            "document_number": number_trust,
            "region": region_trust,
            "year": year_trust,
        },
        tuple(_oddities(every, issued_on)),
    )


def _fields(paragraphs: Sequence[Paragraph]) -> tuple[dict[Field, str], frozenset[Paragraph]]:
    """What a page lists as name:value above the text, and the paragraphs in which it does."""
    fields: dict[Field, str] = {}
    listed = set()
    for paragraph in paragraphs[:_FIRST_LINES]:
        match = _FIELD.fullmatch(paragraph.text)
        name = _folded(match["name"]) if match else ""
        kind = next((kind for kind, names in notation().fields.items() if name in names), None)
        if match and kind:
            fields.setdefault(kind, match["value"].strip())
            listed.add(paragraph)
    return fields, frozenset(listed)


def _title(before: Sequence[Paragraph], stated: str) -> tuple[Fact, int]:
    """The title, and how many paragraphs it ends after; it may stand on several lines."""
    for first in range(min(_FIRST_LINES, len(before))):
        joined = ""
        for last in range(first, min(first + _TITLE_LINES, len(before))):
            if _is_no_title(before[last].text):
                break
            joined += _bare(before[last].text)
            if stated and _folded(joined) == _folded(stated):
                return (joined, PRINTED), last + 1
            if not stated and _ends_title(joined):
                return (joined, LIKELY), last + 1
    if stated:
        return (stated, GUESSED), 0
    return ((_bare(before[0].text), DOUBTED), 1) if before else (("", ABSENT), 0)


def _is_no_title(text: str) -> bool:
    return text.endswith(("。", "：", ":", "；")) or is_date(text) or _NUMBER.fullmatch(text) is not None


def _ends_title(text: str) -> bool:
    bare = re.sub(r"[(（][^()（）]{1,12}[)）]$", "", text)
    return bare.endswith(notation().title_endings) and len(bare) >= 6


def _number(before: Sequence[Paragraph], fields: Mapping[Field, str]) -> Fact:
    printed = next((match[0] for each in before if (match := _NUMBER.search(each.text))), "")
    # Many notices have none, so that none is found is no reason for doubt.
    return printed or fields.get("document_number", ""), PRINTED if printed else LIKELY


def _issued_on(
    every: Sequence[Paragraph], matter: Mapping[str, str], fields: Mapping[Field, str]
) -> tuple[date | None, float]:
    """The date below the issuer's name, on a line of its own, of several the last; else what the page says of it."""
    alone = [each.text for each in every if is_date(each.text)]
    printed = [text for text in reversed(alone) if "年" in text]
    found = next(filter(None, map(date_in, printed)), None)
    if found:
        return found, PRINTED
    beside = [fields.get("issued_on", ""), *alone]
    if found := next(filter(None, map(date_in, beside)), None):
        return found, LIKELY
    if found := next((release[1] for each in every if (release := released(each.text))), None):
        return found, LIKELY
    found = date_in(matter.get("date", ""))
    return found, GUESSED if found else ABSENT


def _issuer(title: str, every: Sequence[Paragraph], fields: Mapping[Field, str]) -> Fact:
    """Who issued it: the name above the date, or as the page says, or before …日发布, or in the title before 关于."""
    named = match["issuer"] if (match := _ISSUES.match(title)) else ""
    for above, below in zip(reversed(every[:-1]), reversed(every), strict=False):
        is_seal = "年" in below.text and is_date(below.text) and _SEAL.fullmatch(above.text)
        if is_seal and not _ends_title(above.text):
            seal = re.sub(r"[ \u3000]|[(（]代章[)）]", "", above.text)
            # A long name may stand on two lines above the date; the title has all of it.
            return (named, LIKELY) if named.endswith(seal) else (seal, PRINTED)
    if stated := fields.get("issuer"):
        return stated, LIKELY
    if found := next((release[0] for each in every if (release := released(each.text))), None):
        return found, LIKELY
    if named and not named.endswith(notation().title_endings):
        return named, LIKELY
    return "", ABSENT


def _region(issuer: str, title: str) -> Fact:
    if issuer.startswith(NATION.offices):
        return NATION.name, LIKELY
    found = [(region, trust) for text, trust in ((issuer, LIKELY), (title, GUESSED)) if (region := region_named(text))]
    return max(found, key=lambda fact: len(fact[0]), default=("", ABSENT))


def _year(title: str, issued_on: date | None) -> tuple[int | None, float]:
    named = {int(year) for year in _YEAR.findall(title)}
    if len(named) == 1:
        return named.pop(), PRINTED
    return (issued_on.year, LIKELY) if issued_on else (None, ABSENT)


def _oddities(every: Sequence[Paragraph], issued_on: date | None) -> list[Oddity]:
    odd = [each for each in every if is_garbled(each.text) or (is_date(each.text) and not date_in(each.text))]
    oddities = [Oddity(each.line, f"日期“{each.text}”读不懂。") for each in odd]
    if issued_on is None:
        oddities.append(Oddity(every[0].line if every else 1, "没有找到成文日期。"))
    return oddities


def _bare(line: str) -> str:
    return line.strip("# *")


def _folded(text: str) -> str:
    return re.sub(r"\s", "", text)
