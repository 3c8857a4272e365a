"""Which notices a question is about: the one it names, those of the place it names, else those in force here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.corpus import Corpus, CorpusNotice
from ingest.place import REGION_LEVELS, Region, names_of_part
from ingest.region import NATION
from rag.notice_names import NoticeNames, in_force, years_of
from rag.place import Elsewhere, document_years, elsewhere, folded, named_place, other_document

_BEFORE = re.compile(r"去年|上一?[年版份]|[旧老]版|previous (?:plan|notice|version)|last year")


@dataclass(frozen=True, slots=True)
class Scope:
    """The notices that a question is about, the nearest and newest first.

    ``is_told``: the question names them, be it by their place. ``elsewhere``: it asks about what is not loaded.
    """

    notices: tuple[CorpusNotice, ...]
    ids: tuple[str, ...] | None
    is_told: bool = False
    elsewhere: Elsewhere | None = None

    @property
    def first(self) -> CorpusNotice:
        """The notice that answers about a notice as a whole are about."""
        return self.notices[0]

    @property
    def places(self) -> tuple[Region, ...]:
        """Where the notices are in force."""
        return tuple(dict.fromkeys(entry.place for entry in self.notices))


class ScopeReader:
    """Tells the scope of questions about one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.names = NoticeNames(corpus)
        self._foreign = tuple(each for each in corpus.registers.by_region if not each.contains(corpus.home))
        own = {part for _, part in corpus.home.parts}
        wider = dict.fromkeys(part for region in self._foreign for _, part in region.parts[:-1] if part not in own)
        self._wider = tuple(name for part in wider for name in names_of_part(part))
        self._here = [entry for entry in corpus.notices if entry.place.contains(corpus.home)]
        self._home = self._scope(in_force(self._here))

    def read(self, text: str, notice_id: str | None = None) -> Scope:
        """The scope of a question, or of one that is restricted to a notice. Raises UnknownNotice."""
        told = [self._corpus.notice(notice_id)] if notice_id else self.names.named_in(text) or self._of_place(text)
        if told:
            return self._scope(told, is_told=True, other=self._elsewhere(text, told))
        asked = _of_years(text, self._here) or self._of_nation(text)
        if asked and {entry.id for entry in asked} != {entry.id for entry in self._home.notices}:
            return self._scope(asked, is_told=True)
        return self._scope(self._home.notices, other=self._elsewhere(text, self._home.notices))

    @property
    def home(self) -> Scope:
        """What is in force here: in the home region, and in what contains it."""
        return self._home

    def cited(self, reply: str) -> Scope | None:
        """The scope of one of our own replies, by the titles of the notices that it cites."""
        cited = self.names.titled(reply)
        if all(entry in self._home.notices for entry in cited):
            return self._home if cited else None
        return self._scope(cited, is_told=True)

    def around(self, place: str) -> tuple[CorpusNotice, ...]:
        """The notices in force of places that lie in the place of that name: of 罗湖区 for 深圳."""
        return tuple(
            entry
            for entry in self._corpus.notices
            if not entry.superseded_by and any(place in names_of_part(part) for _, part in entry.place.parts[:-1])
        )

    def _of_place(self, text: str) -> Sequence[CorpusNotice]:
        """The notices of the other places that ``text`` asks about: of the years that it names, or in force."""
        meant = [region for region in self._foreign if self._is_meant(text, region)]
        there = [entry for entry in self._corpus.notices if entry.place in meant]
        return _of_years(text, there) or in_force(there)

    def _of_nation(self, text: str) -> Sequence[CorpusNotice]:
        """The notices of the whole country, if ``text`` asks about a document of its government."""
        said = other_document(text, frozenset(year for entry in self._home.notices for year in years_of(entry)))
        is_meant = said is not None and any(office in said for office in NATION.offices)
        return [entry for entry in self._here if entry.place.level == "national"] if is_meant else []

    def _is_meant(self, text: str, region: Region) -> bool:
        if not any(name in folded(text) for name in region.everyday_names):
            return False
        in_city = region.parts[:1] == self._corpus.home.parts[:1] and len(region.parts) > 1
        return named_place(text, region.everyday_names, in_city) is not None

    def _elsewhere(self, text: str, notices: Iterable[CorpusNotice]) -> Elsewhere | None:
        """What is asked about and not loaded; a question about a foreign notice may name the home region as well."""
        entries = list(notices)
        years = frozenset(year for entry in entries for year in years_of(entry))
        if any(not entry.place.contains(self._corpus.home) for entry in entries):
            said = other_document(text, years)
            return Elsewhere(said, is_document=True) if said else None
        if found := elsewhere(text, years):
            return found
        names = [name for name in self._wider if name in text]
        name = named_place(text, names, in_city=False) if names else None
        return Elsewhere(name) if name else None

    def _scope(self, notices: Sequence[CorpusNotice], is_told: bool = False, other: Elsewhere | None = None) -> Scope:
        found = tuple(sorted(notices, key=self._rank))
        # Without a filter the search is the same, and faster.
        ids = None if len(found) == len(self._corpus.notices) else tuple(entry.id for entry in found)
        return Scope(found, ids, is_told, other)

    def _rank(self, entry: CorpusNotice) -> tuple[bool, int, int]:
        """The home region first, then from near to far; the newest first."""
        level = entry.place.level
        width = -REGION_LEVELS.index(level) if level else 1
        return entry.place != self._corpus.home, width, -(entry.notice.issued_on or date.min).toordinal()


def _of_years(text: str, notices: Sequence[CorpusNotice]) -> Sequence[CorpusNotice]:
    """Those of the years whose plan ``text`` asks for, or those that were in force before."""
    if years := document_years(text):
        return [entry for entry in notices if years & years_of(entry)]
    if not (_BEFORE.search(text.lower()) and other_document(text, ())):
        return []
    replaced = {entry.supersedes for entry in notices if not entry.superseded_by}
    return [entry for entry in notices if entry.id in replaced]
