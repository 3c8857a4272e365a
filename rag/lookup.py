"""Look-ups by number or title: 第23条, 二十三号措施, 附件1第15、16项, 最后一条, “三所一庭”.

They never touch an embedding.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.corpus import CorpusNotice
from ingest.notice import KEY_LETTER, Source, SourceKind
from ingest.outline import chinese_numeral

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
_TO = r"\s*(?:到|至|~|-|—|to)\s*"
_SEVERAL = rf"{_NUMERAL}(?:(?:条|项|号)?(?:\s*(?:、|,|和|与|及|跟|以及|&|and|or)\s*|{_TO})第?{_NUMERAL})*"
_ANNEX = r"(?:附件(?:1|一)|annex ?1|市级)(?:的|里的?|里头的?|里面的?|中的?)?[, ]*"
_MUNICIPAL = re.compile(
    rf"{_ANNEX}第?(?P<several>{_SEVERAL})(?:项|条|号|个)|{_ANNEX}no\.? ?(?P<no>{_SEVERAL})"
    r"|(?<![a-z0-9])a(?P<code>\d{1,2})(?![a-z0-9.])"
    rf"|annex ?1,? (?:items? )?(?:no\.? ?)?(?P<english>{_SEVERAL})"
    rf"|items? (?:no\.? ?)?(?P<item>{_SEVERAL}) (?:of|in) annex ?1"
)
# Not after 条 or another digit: in “民营12条第三条” the number belongs to another text.
_MEASURE = re.compile(
    rf"(?<![条规法例》数])第(?P<several>{_SEVERAL})(?:条|号)|(?<![\d哪])(?P<called>{_NUMERAL})号(?:措施|举措)"
    rf"|(?:^|[,。?! 看把念查])(?P<bare>{_NUMERAL})条(?=[讲说写是的原全内正带标前后上下配由归谁]|附件|有[没星])"
    rf"|(?<![a-z0-9])m(?P<code>\d{{1,2}})(?![a-z0-9.])|measures?\s+(?:no\.?\s*)?(?P<english>{_SEVERAL})"
)
_LAST = re.compile(
    rf"(?P<annex>{_ANNEX})?(?:最后|末尾|最末|倒数第?(?P<place>{_NUMERAL})?)(?:的|那)?一?(?P<unit>条|项)(?:措施|举措)?"
    r"(?=[是讲写说叫的由归谁呢,?。]|内容|原文|$)|(?:the )?last (?P<english>measure|item)"
)
_NEIGHBOUR = re.compile(
    r"(?P<next>(?<!最)[下后][面边]?[那的]?一?[条项]|往后[翻数]一[条项]|next (?:measure|item|one)|次の)"
    r"|(?P<previous>[上前][面边]?[那的]?一?[条项]|往前[翻数]一[条项]|previous (?:measure|item|one)"
    r"|(?:one|measure|item) before)"
)
_QUOTED = re.compile(r"[“「『\"《]([^”」』\"》]{2,40})[”」』\"》]")
_TELLING_TITLE = 5
"""A title of so many characters is said in full only by who means that source; shorter ones are daily words."""
_RARE = 3
"""A quoted term that more sources contain than this does not name one."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, in one notice: sources that exist, and keys (M52, A31) that do not."""

    notice: CorpusNotice
    sources: tuple[Source, ...]
    unknown: tuple[str, ...] = ()


def named_by_number(text: str, notices: Sequence[CorpusNotice]) -> Named | None:
    """The sources whose numbers ``text`` names, in the first of the notices that has them; None if it names none."""
    folded = text.lower()
    meant = [entry for entry in notices if entry.notice.title in text] or notices
    keys = list(dict.fromkeys((*(key for _, key in _numbered(folded)), *_last(folded, meant))))
    if not keys:
        return None
    entry = next((entry for entry in meant if any(key in entry.by_key for key in keys)), meant[0])
    if shift := _shift(folded):
        keys = [f"{key[0]}{int(key[1:]) + shift}" for key in keys]
    known = tuple(entry.by_key[key] for key in keys if key in entry.by_key)
    return Named(entry, known, tuple(key for key in keys if key not in entry.by_key))


def named_by_title(text: str, notices: Sequence[CorpusNotice]) -> Named | None:
    """The sources whose whole title ``text`` says."""
    quoted = set(_QUOTED.findall(text))
    for entry in notices:
        titled = [source for source in _numbered_sources(entry) if _says_title(text, source, quoted)]
        # A title inside a longer one (融资支持 in 中小企业融资支持) is not what was said.
        longer = {source.title for source in titled}
        found = tuple(each for each in titled if not any(each.title in other for other in longer - {each.title}))
        if found:
            return Named(entry, found)
    return None


def named_by_words(text: str, notices: Sequence[CorpusNotice]) -> Named | None:
    """The sources whose whole title ``text`` says, or that alone contain a term it puts in quotation marks."""
    if titled := named_by_title(text, notices):
        return titled
    for entry in notices:
        for term in sorted(_QUOTED.findall(text), key=len, reverse=True):
            holders = tuple(source for source in _numbered_sources(entry) if term in _unquoted(source))
            if 0 < len(holders) <= _RARE:
                return Named(entry, holders)
    return None


def mentions(text: str, notices: Sequence[CorpusNotice]) -> tuple[Source, ...]:
    """Every source that a text mentions by number or by title, in the order of the text."""
    folded = text.lower()
    numbers: dict[str, int] = {}
    for place, key in _numbered(folded):
        numbers.setdefault(key, place)
    quoted = set(_QUOTED.findall(text))
    found: list[tuple[int, Source]] = []
    for entry in notices:
        numbered = [entry.by_key[key] for key in numbers if key in entry.by_key]
        found += [(numbers[source.key], source) for source in numbered]
        # A title may be that of two sources; where the text gives the number, the number tells which.
        titles = {source.title for source in numbered}
        found += [
            (text.index(source.title), source)
            for source in entry.notice.sources
            if source.number and source.title not in titles and _says_title(text, source, quoted)
        ]
    return tuple(source for _, source in sorted(found, key=lambda pair: pair[0]))


def _says_title(text: str, source: Source, quoted: set[str]) -> bool:
    return source.title in quoted or (len(source.title) >= _TELLING_TITLE and source.title in text)


def _numbered_sources(entry: CorpusNotice) -> list[Source]:
    return [source for source in entry.notice.sources if source.number]


def _unquoted(source: Source) -> str:
    return re.sub(r"[“”]", "", f"{source.title}\n{source.text}")


def _numbered(text: str) -> list[tuple[int, str]]:
    """Places and keys in the order they are named; a number of Annex 1 is not one of the body as well."""
    patterns: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (("municipal_item", _MUNICIPAL), ("measure", _MEASURE))
    found: list[tuple[int, str]] = []
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            several = next(group for group in match.groups() if group)
            found += [(match.start(), f"{KEY_LETTER[kind]}{number}") for number in _numbers(several)]
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return sorted(found, key=lambda place_and_key: place_and_key[0])


def _numbers(several: str) -> Iterator[int]:
    values = [int(each) if each.isdigit() else chinese_numeral(each) for each in re.findall(_NUMERAL, several)]
    if len(values) == 2 and re.search(_TO, several):
        return iter(range(values[0], values[1] + 1))
    return iter(values)


def _last(text: str, notices: Sequence[CorpusNotice]) -> Iterator[str]:
    if match := _LAST.search(text):
        notice = notices[0].notice
        is_item = match["annex"] or match["unit"] == "项" or match["english"] == "item"
        sources = notice.municipal_items if is_item else notice.measures
        place = next(_numbers(match["place"])) if match["place"] else 1
        if place <= len(sources):
            yield sources[-place].key


def _shift(text: str) -> int:
    match = _NEIGHBOUR.search(text)
    return 0 if not match else 1 if match["next"] else -1
