"""What became of a cited source in the other years of its notice's series; compared once for each pair of notices."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.corpus import Corpus, CorpusNotice
from ingest.notice import Source
from ingest.succession import Changes, changes
from rag.answer import Citation, Predecessor, Successor


class Succession:
    """The years of every series of one corpus, source by source."""

    def __init__(self, corpus: Corpus) -> None:
        self._notices = {entry.id: entry for entry in corpus.notices}
        self._register_of = corpus.register_of
        # One version of the index is compared once; a corpus of one notice a series is never compared.
        self.changes = cache(self._compare)
        self._older = cache(self._find_older)
        self._newer = cache(self._find_newer)

    def previous(self, notice_id: str, source: Source) -> Predecessor | None:
        """The same measure in the notice that this one supersedes; None if that is not loaded or has none such."""
        return self._older(notice_id).get(source.key)

    def traced(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations with what their sources were before, and what they are now."""
        return tuple(
            replace(
                each,
                previous=self.previous(each.notice.id, each.source),
                current=self._current(each.notice, each.source),
            )
            for each in citations
        )

    def _current(self, entry: CorpusNotice, source: Source) -> Successor | None:
        """The notice in force instead of ``entry``, with the same measure there; None if ``entry`` is in force."""
        found: Source | None = source
        passed = {entry.id}
        while (newer := self._notices.get(entry.superseded_by)) and newer.id not in passed:
            found = self._newer(entry.id).get(found.key) if found else None
            passed.add(newer.id)
            entry = newer
        return Successor(entry, found) if len(passed) > 1 else None

    def _find_older(self, notice_id: str) -> dict[str, Predecessor]:
        older = self._notices.get(self._notices[notice_id].supersedes)
        if older is None:
            return {}
        kept = self.changes(older.id, notice_id).kept
        return {pair.newer.key: Predecessor(older, pair.older, pair.changed) for pair in kept}

    def _find_newer(self, notice_id: str) -> dict[str, Source]:
        kept = self.changes(notice_id, self._notices[notice_id].superseded_by).kept
        return {pair.older.key: pair.newer for pair in kept}

    def _compare(self, older: str, newer: str) -> Changes:
        entry = self._notices[newer]
        return changes(self._notices[older].notice, entry.notice, self._register_of(entry))
