"""One sentence of a draft, and what it says it rests on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.notice import Source
from rag.question import normalised

Reason = Literal[
    "no_citation",
    "unknown_source",
    "markup",
    "contact",
    "figure",
    "quotation",
    "department",
    "strength",
    "unsupported",
    "repeated",
]
"""Why a sentence is dropped: it cites nothing or what it was not given; it holds markup, ways to reach somebody, a
number or quoted name or department that its sources lack, a promise or claim stronger than theirs, or something else
that they do not say; or it has been said."""


@dataclass(frozen=True)
class Claim:
    """``text`` is what would be shown, its tokens resolved; ``sources`` what it cites, at least one."""

    text: str
    sources: tuple[Source, ...]

    @cached_property
    def said(self) -> str:
        """The text, made comparable."""
        return normalised(self.text)

    @cached_property
    def evidence(self) -> str:
        """All that the sources print, made comparable, a line each: headings, title, departments, text."""
        lines = (
            line
            for source in self.sources
            for line in (*source.outline, source.title, *source.lead, *source.responsible, *source.cooperating)
        )
        return "\n".join(map(normalised, (*lines, *(source.text for source in self.sources))))
