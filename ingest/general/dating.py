"""Dates as notices print them: 2026年3月12日, 二〇二六年三月十二日, 2026-03-12; and what only looks like one."""

import re
from datetime import date

from ingest.outline import chinese_numeral

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DIGITS = r"(?P<year>\d{4})\s*[年\-./]\s*(?P<month>\d{1,2})\s*[月\-./]\s*(?P<day>\d{1,2})\s*日?"
_WRITTEN = rf"(?P<year>[二〇○零一三四五六七八九]{{4}})年(?P<month>{_NUMERAL})月(?P<day>{_NUMERAL})日"
_FORMS = (re.compile(_DIGITS), re.compile(_WRITTEN))
_ALONE = " \t\u3000()（）"
_GARBLED = re.compile(r"\d{4}月?年?\d{1,2}[月日]\d{1,2}日?")
_RELEASED = re.compile(
    r"(?P<issuer>[一-鿿()（）“”]{4,40}?)\s*(?P<date>[\d二〇○零一三四五六七八九][^发印]{5,18}日)\s*"
    r"(?:发布|印发).{0,60}"
)
_YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def is_date(text: str) -> bool:
    """Whether a line holds a date, valid or not, and nothing else."""
    bare = text.strip(_ALONE)
    return any(form.fullmatch(bare) for form in _FORMS)


def is_garbled(text: str) -> bool:
    """Whether a line is meant to be a date that cannot be read, such as 2026月3月26日."""
    return not is_date(text) and _GARBLED.fullmatch(text.strip(_ALONE)) is not None


def date_in(text: str) -> date | None:
    """The first valid date in ``text``."""
    for form in _FORMS:
        for match in form.finditer(text):
            if value := _value(match["year"], match["month"], match["day"]):
                return value
    return None


def released(text: str) -> tuple[str, date] | None:
    """Who released it and when, of a line such as 某市人民政府2026年3月12日发布。"""
    match = _RELEASED.fullmatch(text)
    value = date_in(match["date"]) if match else None
    return (match["issuer"], value) if match and value else None


def _value(year: str, month: str, day: str) -> date | None:
    try:
        if month.isdecimal():
            return date(int(year), int(month), int(day))
        return date(int(year.translate(_YEAR_DIGITS)), chinese_numeral(month), chinese_numeral(day))
    except ValueError:
        return None
