"""Where a person can be reached: mobile and landline numbers, e-mail, WeChat."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import before, cues
from rag.privacy.span import Span

_SPOKEN = str.maketrans("〇零○O一幺壹l二两贰三叁四肆五伍六陆七柒八捌九玖", "0000111122233445566778899")
_MOBILE = re.compile(r"(?<!\d)(?:\(?\+?(?:00)?86\)?[ -]{0,2})?1[ .-]?[3-9](?:[ .,、-]{0,2}\d){9}(?!\d)")
_EXTENSION = r"(?: ?(?:转|分机|-|ext\.?|#) ?(?:分机)?\d{1,6}(?!\d))?"
_WITH_AREA = re.compile(
    rf"(?<![\d.])(?:\(?0\d{{2,3}}\)?|\+?86[ -]?\d{{2,3}})[ /,-]{{0,2}}[2-9]\d{{2,3}}[ ,-]?\d{{4}}(?!\d){_EXTENSION}"
)
_WITHOUT_AREA = re.compile(rf"(?<![\d.A-Za-z-])[2-9]\d{{2,3}}[ ,-]?\d{{4}}(?![\d.%])({_EXTENSION})")
_ALONE = re.compile(r"(?<![\d.A-Za-z-])[2-6]\d{3}[ -]?\d{4}(?![\d.%A-Za-z元个件万人户平-])")
_DATE = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d")
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9])? ?(?:@|艾特|\(at\)) ?"
    r"[A-Za-z0-9-]+(?:(?:\.|点)[A-Za-z0-9-]+)*(?:\.|点)[A-Za-z]{2,}"
)
_HANDLE = r"[^A-Za-z0-9\n。;一-鿿]{0,4}?(?:是|为|叫|:)?[^A-Za-z0-9\n。;一-鿿]{0,3}?"
_NAME = r"(?:[A-Za-z][A-Za-z0-9_.-]{4,24}|\d{5,11})(?![A-Za-z0-9_@])"
_LOOKS_CHOSEN = re.compile(
    r"(?<![A-Za-z0-9_@.-])(?:wxid_[a-z0-9]+|(?=[A-Za-z0-9.-]*_)[A-Za-z][A-Za-z0-9_.-]{4,24}"
    r"|(?=[a-z.-]*\d|[a-z0-9.]*-)[a-z][A-Za-z0-9.-]{5,24}|[a-z]+_[一-鿿]{2,4}\d+)(?![A-Za-z0-9_@.-])"
)
"""Letters with digits or dashes, as people choose them: jiayou_jie, meow2016zz."""
_NICKNAME = (
    r"(?:[:是叫为]?[“「\"](?P<quoted>[^”」\"]{2,16})[”」\"]"
    r"|[: ]{0,2}(?P<plain>[一-鿿][^,。;!?:\n]{1,11})(?=[,。;!?\n]|$))"
)


def mobiles(text: str) -> Iterator[Span]:
    """Mobile numbers, with or without 86, grouped in whatever way, in digits or as they are spoken."""
    for form in (text, text.translate(_SPOKEN)):
        yield from (match.span() for match in _MOBILE.finditer(form))


def landlines(text: str) -> Iterator[Span]:
    """Landline numbers with an area code, or of eight digits where nothing says that they are something else."""
    words = cues()["before"]
    for form in (text, text.translate(_SPOKEN)):
        for match in _WITH_AREA.finditer(form):
            if not re.search(words["no_person"], before(text, match.start())):
                yield match.span()
        for match in _WITHOUT_AREA.finditer(form):
            near = before(text, match.start())
            is_other = re.search(f"{words['no_person']}|{words['other_number']}", near) or _DATE.match(match.group())
            if not is_other and (
                match[1] or re.search(words["landline"], near) or _ALONE.fullmatch(form, *match.span())
            ):
                yield match.span()


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses."""
    yield from (match.span() for match in _EMAIL.finditer(text))


def wechats(text: str) -> Iterator[Span]:
    """WeChat names: what is called so, and where WeChat is spoken of also what looks like one."""
    if not _spoken().search(text):
        return
    for match in _called().finditer(text):
        if not re.search(cues()["before"]["no_person"], before(text, match.start())):
            yield match.span("name")
    yield from (match.span() for match in _LOOKS_CHOSEN.finditer(text))
    yield from (match.span(match.lastgroup or 0) for match in _nickname().finditer(text))


@lru_cache(maxsize=1)
def _spoken() -> re.Pattern[str]:
    return re.compile(cues()["wechat"]["spoken"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    return re.compile(f"(?:{cues()['wechat']['called']}){_HANDLE}(?P<name>{_NAME})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _nickname() -> re.Pattern[str]:
    return re.compile(f"(?:{cues()['wechat']['nickname']}){_NICKNAME}", re.IGNORECASE)
