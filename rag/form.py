"""The form of a question: what is left when its topic is taken out. Intents show in the form, sources in the topic."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ingest.corpus import Corpus
from ingest.outline import read_heading

_MARKUP = re.compile(r"<script\b.*?</script>|</?[a-z][^>]*>", re.DOTALL)
_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBER = re.compile(
    rf"第?{_NUMERAL}(?:(?:、|和|与|到|至|,)第?{_NUMERAL})*(?:条|项|号)|(?<![a-z0-9])[ma]\d{{1,2}}(?![a-z0-9])"
    r"|(?:no\. ?|measure |item |number )\d+"
)


@dataclass(frozen=True)
class FormReader:
    """Reads the form of questions about one corpus."""

    corpus: Corpus

    def read(self, text: str) -> str:
        """The text in lower case with titles, headings, numbers of sources and departments as mere placeholders.

        Markup is left out: what a tag may do to a browser says nothing about what the person wants.
        """
        form = _MARKUP.sub("", text.lower())
        form = self._titles.sub("〔题〕", form)
        form = self._headings.sub("〔大项〕", form)
        form = _NUMBER.sub("〔号〕", form)
        return self.corpus.departments.replaced_in(form, "〔部门〕")

    @cached_property
    def _titles(self) -> re.Pattern[str]:
        return _any_of(
            source.title for entry in self.corpus.notices for source in entry.notice.sources if source.number
        )

    @cached_property
    def _headings(self) -> re.Pattern[str]:
        labels = {label for entry in self.corpus.notices for source in entry.notice.sources for label in source.outline}
        return _any_of(heading.title for label in labels if (heading := read_heading(label)))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(name.lower()) for name in sorted(set(names), key=len, reverse=True)) or r"(?!)"
    )
