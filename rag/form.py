"""The form of a question: what is left when its topic is taken out. Intents show in the form, sources in the topic."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ingest.corpus import Corpus
from ingest.outline import read_heading
from rag.phrasebook import Phrasebook
from rag.scope import Scope

_MARKUP = re.compile(r"<script\b.*?</script>|</?[a-z][^>]*>", re.DOTALL)
_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBER = re.compile(
    rf"第?{_NUMERAL}(?:(?:、|和|与|到|至|,)第?{_NUMERAL})*(?:条|项|号)|(?<![a-z0-9])[ma]\d{{1,2}}(?![a-z0-9])"
    r"|(?:no\. ?|measure |item |number )\d+"
)


_REMEMBERED = 8
"""Phrasebooks of so many scopes are kept."""


class FormReader:
    """Reads the form of questions about one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._phrasebooks = lru_cache(maxsize=_REMEMBERED)(self._read_phrasebooks)

    def read(self, text: str, scope: Scope | None = None) -> str:
        """The text in lower case with titles, headings, numbers of sources and departments as mere placeholders.

        They are those of the notices in ``scope``; of all, if none is given.

        Markup is left out: what a tag may do to a browser says nothing about what the person wants.
        """
        form = _MARKUP.sub("", text.lower())
        titles, headings = self._phrasebooks(scope.ids if scope else None)
        form = titles.replaced_in(form, "〔题〕")
        form = headings.replaced_in(form, "〔大项〕")
        form = _NUMBER.sub("〔号〕", form)
        for region in scope.places if scope else (self._corpus.home,):
            form = self._corpus.registers.of(region).replaced_in(form, "〔部门〕")
        return form

    def _read_phrasebooks(self, ids: tuple[str, ...] | None) -> tuple[Phrasebook, Phrasebook]:
        """Those of the titles and of the headings."""
        notices = self._corpus.notices if ids is None else tuple(map(self._corpus.notice, ids))
        sources = [source for entry in notices for source in entry.notice.sources]
        labels = {label for source in sources for label in source.outline}
        headings = (heading.title for label in labels if (heading := read_heading(label)))
        return _phrasebook(source.title for source in sources if source.number), _phrasebook(headings)


def _phrasebook(phrases: Iterable[str]) -> Phrasebook:
    return Phrasebook(phrase.lower() for phrase in phrases)
