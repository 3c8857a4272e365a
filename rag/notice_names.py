"""Which notices a text names: by title, or most of it, by document number, and of a series by year."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from ingest.corpus import Corpus, CorpusNotice
from ingest.likeness import bigrams
from rag.question import normalised

MOSTLY = 0.5
"""So much of a notice's title must a title in a question say, and so much of what it says must be of that title."""

_TELLING_TITLE = 8
"""So long a title is not said by chance."""

_TITLE = re.compile(r"《([^》]{4,80})》")
_QUOTED_TITLE = re.compile(r"《[^》]{4,80}》")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class NoticeNames:
    """The names of the notices of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._notices = corpus.notices
        numbers = ((entry, entry.notice.document_number) for entry in corpus.notices)
        self._numbers = [(entry, _folded(number)) for entry, number in numbers if number]
        self._titles = [(entry, _read_titles(entry)) for entry in corpus.notices]

    def titled(self, text: str) -> tuple[CorpusNotice, ...]:
        """The notices whose titles, or most of them, ``text`` says; the likest, and of those the ones in force."""
        scores = [(entry, _share_said(text, titles)) for entry, titles in self._titles]
        best = max(score for _, score in scores)
        return tuple(in_force([entry for entry, score in scores if best and score == best]))

    def without_titles(self, text: str) -> str:
        """``text`` without the titles in 《》 that name a loaded notice: a number after one is one of that notice."""
        return _QUOTED_TITLE.sub(lambda quoted: " " if self.titled(quoted[0]) else quoted[0], text)

    def named_in(self, text: str) -> Sequence[CorpusNotice]:
        """The notices that ``text`` names by document number or title; a year beside the title tells which of them."""
        folded = _folded(text)
        if numbered := [entry for entry, number in self._numbers if number in folded]:
            return numbered
        titled = self.titled(text)
        series = [each for each in self._notices if any(_are_of_one_series(each, entry) for entry in titled)]
        years = {int(year) for year in _YEAR.findall(_TITLE.sub("", text))}
        return [entry for entry in series if years & years_of(entry)] or titled


def in_force(notices: Sequence[CorpusNotice]) -> Sequence[CorpusNotice]:
    """Those that no loaded notice supersedes, or all, if there is none such."""
    return [entry for entry in notices if not entry.superseded_by] or notices


def years_of(entry: CorpusNotice) -> frozenset[int]:
    """The years that a notice is known by: those in its title, else that of its date."""
    titled = frozenset(map(int, _YEAR.findall(entry.notice.title)))
    issued = entry.notice.issued_on
    return titled or (frozenset({issued.year}) if issued else frozenset())


def _read_titles(entry: CorpusNotice) -> Mapping[str, frozenset[str]]:
    """What a notice is called, its title and the one inside 关于印发《…》的通知, in pairs of characters."""
    title = entry.notice.title
    told = (normalised(each) for each in (title, *_TITLE.findall(title)))
    return {each: bigrams(each) for each in told if len(each) >= _TELLING_TITLE}


def _share_said(text: str, titles: Mapping[str, frozenset[str]]) -> float:
    """How much of the likest of the titles ``text`` says, 0..1; 0 if it is not enough to tell."""
    if any(title in text for title in titles):
        return 1.0
    quoted = [bigrams(said) for said in _TITLE.findall(text)]
    shares = (
        (len(said & title) / len(title), len(said & title) / len(said)) for said in quoted for title in titles.values()
    )
    return max((of_title for of_title, of_said in shares if min(of_title, of_said) > MOSTLY), default=0.0)


def _are_of_one_series(one: CorpusNotice, other: CorpusNotice) -> bool:
    return one.id == other.id or other.id in (one.supersedes, one.superseded_by)


def _folded(text: str) -> str:
    """Without blanks, with one kind of brackets: 沪府办〔2025〕1号 and 沪府办[2025]1号 are the same."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[〔\[(【]", "[", re.sub(r"[〕\])】]", "]", plain))
