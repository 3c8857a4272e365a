"""Does an answer say anything that is not in the notice, the register or the question? Checked by code, not by eye."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.corpus import Corpus
from ingest.notice import Source
from rag.question import read_question

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DEPARTMENT = re.compile(r"(?<![一-鿿])[区市][一-鿿]{1,9}(?:局|委|办|办公室|中心|支队|法院|检察院)(?![一-鿿])")


@dataclass(frozen=True)
class InventionCheck:
    """Checks answers against everything that the corpus prints."""

    corpus: Corpus

    def inventions(self, question: str, answer: str, citations: int) -> Iterator[str]:
        """Every number and department of an answer that neither the corpus prints nor the asker has said.

        Counts that the answer makes itself are allowed: of its ``citations``, and of the catalogue's parts.
        """
        said = read_question(question).text
        counts = {str(citations), str(citations - 1), *self._counts}
        for number in _NUMBER.findall(answer):
            if number not in self._printed_numbers and number not in counts and number not in said:
                yield number
        for name in _DEPARTMENT.findall(answer):
            if name not in self._printed and not self.corpus.departments.find(name) and name not in said:
                yield name

    @cached_property
    def _printed(self) -> str:
        return "\n".join(
            part for entry in self.corpus.notices for source in entry.notice.sources for part in _printed_parts(source)
        )

    @cached_property
    def _printed_numbers(self) -> frozenset[str]:
        dates = (day for entry in self.corpus.notices if (day := entry.notice.issued_on))
        days = {f"{value:{form}}" for day in dates for value in (day.year, day.month, day.day) for form in ("d", "02d")}
        numbered = {str(source.number) for entry in self.corpus.notices for source in entry.notice.sources}
        return frozenset({*_NUMBER.findall(self._printed), *days, *numbered, "12345"})

    @cached_property
    def _counts(self) -> frozenset[str]:
        """How many sources each heading, department and mark has, and how many differences there are."""
        notices = [entry.notice for entry in self.corpus.notices]
        return frozenset(str(count) for notice in notices for count in range(len(notice.measures) + 1))


def _printed_parts(source: Source) -> Iterator[str]:
    yield from (source.title, source.text, *source.outline, *source.lead, *source.cooperating, *source.responsible)
    for difference in source.discrepancies:
        yield from (difference.body, difference.annex)
