"""What a notice says of itself: title, issuer, date, document number, region, year; each with how sure that is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.general.notation import notation
from ingest.general.paragraphs import Paragraph
from ingest.outline import chinese_numeral
from ingest.parsed import CERTAIN, Oddity
from ingest.region import NATION, region_named

_NUMBER = re.compile(r"[一-鿿]{1,16}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*(?:第)?\s*\d+\s*号")
_DATE = re.compile(r"(?P<year>\d{4})\s*[年\-./]\s*(?P<month>\d{1,2})\s*[月\-./]\s*(?P<day>\d{1,2})\s*日?")
_WRITTEN_DATE = re.compile(
    r"(?P<year>[二〇○零一三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_GARBLED = re.compile(r"\d{4}月?年?\d{1,2}[月日]\d{1,2}日?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ISSUES = re.compile(r"(?P<issuer>.{2,60}?)(?:关于|印发)")
_RELEASED = re.compile(r"(?P<issuer>[一-鿿()（）]{4,40}?)\d{4}年\d{1,2}月\d{1,2}日(?:发布|印发).*")
_SEAL = re.compile(r"[一-鿿()（）“”\"、 ]{2,40}")
_ADDRESSEES = re.compile(r".{2,120}[:：]")
_WRITTEN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
PRINTED, LIKELY, GUESSED, ABSENT = CERTAIN, 0.9, 0.7, 0.0
"""How sure a fact is: printed as such; read off another one; guessed from where it stands; not found."""


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
    taken: tuple[Paragraph, ...]
    confidence: Mapping[str, float]
    oddities: tuple[Oddity, ...]


def read_front(before: Sequence[Paragraph], every: Sequence[Paragraph], matter: Mapping[str, str]) -> Front:
    """The facts from what stands before the first number (``before``), the whole text, and a page's front matter."""
    title, title_trust, title_end = _title(before, matter)
    number = next((match[0] for each in before if (match := _NUMBER.search(each.text))), None)
    sealed = [each for each in every if _as_date(each.text)]
    issued_on, date_trust, oddities = _issued_on(every, matter)
    issuer, issuer_trust = _issuer(title, every, sealed)
    region, region_trust = _region(issuer, title, every)
    year, year_trust = _year(title, issued_on)
    addressees = next((each.text[:-1] for each in before[title_end:] if _ADDRESSEES.fullmatch(each.text)), "")
    facts = {_folded(title), _folded(issuer), number, *(f"{addressees}{colon}" for colon in ":：")}
    facts |= {_folded(each.text) for each in before[:title_end] if each.text.strip("# *") in title}
    taken = tuple(each for each in every if _as_date(each.text) or facts & {each.text, _folded(each.text)})
    return Front(
        title,
        issuer,
        issued_on,
        number,
        addressees,
        region,
        year,
        taken,
        {
            "title": title_trust,
            "issuer": issuer_trust,
            "issued_on": date_trust,
            "document_number": PRINTED if number else LIKELY,
            "region": region_trust,
            "year": year_trust,
        },
        oddities,
    )


def _title(before: Sequence[Paragraph], matter: Mapping[str, str]) -> tuple[str, float, int]:
    """The title, how sure it is, and how many paragraphs it ends after; it may stand on several lines."""
    stated = _folded(matter.get("title", ""))
    for first in range(len(before)):
        joined = ""
        for last in range(first, min(first + _TITLE_LINES, len(before))):
            text = before[last].text.strip("# *")
            if _is_no_title(text):
                break
            joined += text
            if stated and _folded(joined) == stated:
                return joined, PRINTED, last + 1
            if not stated and _ends_title(joined):
                return joined, LIKELY, last + 1
    if stated:
        return matter["title"], GUESSED, 0
    return (before[0].text if before else ""), ABSENT if not before else GUESSED / 2, min(1, len(before))


_TITLE_LINES = 4


def _is_no_title(text: str) -> bool:
    return bool(text.endswith(("。", "：", ":", "；")) or _as_date(text) or _NUMBER.fullmatch(text))


def _ends_title(text: str) -> bool:
    bare = re.sub(r"[(（][^()（）]{1,12}[)）]$", "", text.strip())
    return bare.endswith(notation().title_endings) and len(bare) >= 6


def _issued_on(every: Sequence[Paragraph], matter: Mapping[str, str]) -> tuple[date | None, float, tuple[Oddity, ...]]:
    """The date below the issuer's name, which is printed on a line of its own; of several the last of the notice."""
    alone = [(each, match) for each in every if (match := _as_date(each.text))]
    written = [(each, match) for each, match in alone if "年" in match[0]]
    invalid = [each for each, match in alone if not _date_of(match)]
    oddities = tuple(
        Oddity(each.line, f"日期“{each.text}”读不懂。")
        for each in (*invalid, *(each for each in every if _GARBLED.fullmatch(each.text) and not _as_date(each.text)))
    )
    for several, trust in ((reversed(written), PRINTED), (alone, LIKELY)):
        if found := next((value for _, match in several if (value := _date_of(match))), None):
            return found, trust, oddities
    released = (match for each in every if _RELEASED.fullmatch(each.text) and (match := _DATE.search(each.text)))
    stated = (match for match in [_DATE.search(matter.get("date", ""))] if match)
    for others, trust in ((released, LIKELY), (stated, GUESSED)):
        if found := next((value for match in others if (value := _date_of(match))), None):
            return found, trust, oddities
    return None, ABSENT, (*oddities, Oddity(every[0].line if every else 1, "没有找到成文日期。"))


def _as_date(text: str) -> re.Match[str] | None:
    bare = text.strip(" \t\u3000()（）")
    return _DATE.fullmatch(bare) or _WRITTEN_DATE.fullmatch(bare)


def _date_of(match: re.Match[str]) -> date | None:
    year, month, day = match["year"], match["month"], match["day"]
    try:
        if year.isdecimal() and year.isascii():
            return date(int(year), int(month), int(day))
        return date(int(year.translate(_WRITTEN_DIGITS)), chinese_numeral(month), chinese_numeral(day))
    except ValueError:
        return None


def _issuer(title: str, every: Sequence[Paragraph], sealed: Sequence[Paragraph]) -> tuple[str, float]:
    """Who issued it: the name above the date, or in the title before 关于, or before …日发布."""
    texts = [each.text for each in every]
    named = match["issuer"] if (match := _ISSUES.match(title)) else ""
    for each in reversed(sealed):
        above = texts[at - 1] if (at := texts.index(each.text)) else ""
        if "年" in each.text and _SEAL.fullmatch(above) and not _ends_title(above):
            seal = re.sub(r"[ \u3000]|[(（]代章[)）]", "", above)
            # A long name may stand on two lines above the date; the title has all of it.
            return (named, LIKELY) if named.endswith(seal) else (seal, PRINTED)
    if named and not named.endswith(notation().title_endings):
        return named, LIKELY
    if released := next((match for text in texts if (match := _RELEASED.fullmatch(text))), None):
        return released["issuer"], LIKELY
    return "", ABSENT


def _region(issuer: str, title: str, every: Sequence[Paragraph]) -> tuple[str, float]:
    for text, trust in ((issuer, LIKELY), (title, LIKELY), *((each.text, GUESSED) for each in every[-3:])):
        if region := region_named(text):
            return region, trust
    return ("", ABSENT) if not issuer.startswith(NATION.offices) else (NATION.name, LIKELY)


def _year(title: str, issued_on: date | None) -> tuple[int | None, float]:
    named = {int(year) for year in _YEAR.findall(title)}
    if len(named) == 1:
        return named.pop(), PRINTED
    return (issued_on.year, LIKELY) if issued_on else (None, ABSENT)


def _folded(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)
