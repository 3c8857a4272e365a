"""Which heading of the outline a question names: by its title, by most of its title, or by its number."""

import re
from collections.abc import Sequence

from ingest.corpus import CorpusNotice
from ingest.outline import Level, chinese_numeral, read_heading

_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_ORDINAL = re.compile(
    rf"第(?P<ordinal>{_NUMERAL})(?:个)?(?P<level>(?:大)?部分|块|章|节|大项|板块)|[(](?P<section>{_NUMERAL})[)]"
    r"|(?P<english>part|section) ?(?P<number>\d{1,2})"
)
_SECTION_WORDS = ("节", "大项", "section")
MOSTLY = 0.5
"""So much of a title, in pairs of characters, must be said where the question speaks of a part or section."""


def named_heading(text: str, notices: Sequence[CorpusNotice], in_annex: bool, is_loose: bool) -> str | None:
    """The label of the heading that ``text`` names; ``in_annex`` says whether those of Annex 1 are meant.

    ``is_loose`` allows most of a title to be enough.
    """
    titles = {label: read.title for label in _labels(notices, in_annex) if (read := read_heading(label))}
    for label, title in titles.items():
        if title in text:
            return label
    if match := _ORDINAL.search(text):
        level, number = _level_and_number(match)
        return next((label for label in titles if _is(label, level, number)), None)
    if is_loose and titles:
        shared = {label: len(_pairs(title) & _pairs(text)) / len(_pairs(title)) for label, title in titles.items()}
        best = max(shared, key=lambda label: shared[label])
        return best if shared[best] >= MOSTLY else None
    return None


def _labels(notices: Sequence[CorpusNotice], in_annex: bool) -> dict[str, None]:
    """Headings in printed order; without the annex meant, those of the body come first and count before its."""
    body = [label for entry in notices for source in entry.notice.measures for label in source.outline]
    annex = [label for entry in notices for source in entry.notice.municipal_items for label in source.outline]
    return dict.fromkeys(annex if in_annex else (*body, *annex))


def _level_and_number(match: re.Match[str]) -> tuple[Level, int]:
    said = match["ordinal"] or match["section"] or match["number"]
    is_section = bool(match["section"]) or (match["level"] or match["english"]) in _SECTION_WORDS
    return ("section" if is_section else "part"), int(said) if said.isdigit() else chinese_numeral(said)


def _is(label: str, level: Level, number: int) -> bool:
    read = read_heading(label)
    return read is not None and (read.level, read.number) == (level, number)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
