"""The typed catalogue of one notice. Numbers, titles, departments and ★ of every answer are read from here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

SourceKind = Literal["measure", "municipal_item", "notice"]
DiscrepancyField = Literal["title", "text", "lead", "cooperating", "label"]

SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
KEY_LETTER: dict[SourceKind, str] = {"measure": "M", "municipal_item": "A", "notice": "N"}
_SENTENCE = re.compile(r"[^。!！?？]+[。!！?？]?[”’」』)）]*")


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One field that the body and Annex 2 print differently; both versions verbatim, names joined by 、."""

    field: DiscrepancyField
    body: str
    annex: str


@dataclass(frozen=True, slots=True)
class Group:
    """The departments of one part of a source that prints its responsibilities part by part.

    ``label`` is what the part is called there, as printed: (一)股权投资支持; empty where it has no name.
    """

    label: str
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadRule:
    """How a notice tells the lead among departments that it names without distinction.

    ``note``: it says so in words (排在第一位的部门为牵头部门), quoted in ``quote``. ``mark``: it prints ``quote`` (*)
    before a name and does not say what that means.
    """

    kind: Literal["note", "mark"]
    quote: str


@dataclass(frozen=True, slots=True)
class Source:
    """What can be cited: a district measure, a municipal item of Annex 1, or the notice itself.

    Departments are as printed, in order. ``start`` and ``end`` are character offsets into notice.txt and
    span the element from its number to its last printed character (Annex 2 rows are not part of the span).
    ``implied_lead`` are those of the responsible ones that the notice's lead rule picks out. ``groups`` are the
    responsibilities part by part, where there are several; the departments are then those of all of them.
    """

    kind: SourceKind
    number: int | None
    title: str
    text: str
    outline: tuple[str, ...]
    start: int
    end: int
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    implied_lead: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    starred: bool | None = None
    discrepancies: tuple[Discrepancy, ...] = ()

    @property
    def key(self) -> str:
        """Id inside the notice: M12, A7 or N."""
        return f"{KEY_LETTER[self.kind]}{'' if self.number is None else self.number}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of ``text``, verbatim, in order."""
        return split_sentences(self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading 一、… of the body with its sections (一)…, as printed."""

    label: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexTitle:
    """Number, title and the note in brackets below the title of an annex, as printed."""

    number: int
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One published notice: its own facts, its outline, and everything in it that can be cited."""

    title: str
    heading: str
    issuer: str
    issued_on: date | None
    document_number: str | None
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]
    addressees: str = ""
    annexes: tuple[AnnexTitle, ...] = ()
    lead_rule: LeadRule | None = None

    def of_kind(self, kind: SourceKind) -> tuple[Source, ...]:
        """The sources of one kind, in printed order."""
        return tuple(source for source in self.sources if source.kind == kind)

    @property
    def measures(self) -> tuple[Source, ...]:
        """District measures, in order."""
        return self.of_kind("measure")

    @property
    def municipal_items(self) -> tuple[Source, ...]:
        """Items of Annex 1, in order."""
        return self.of_kind("municipal_item")

    @property
    def section_count(self) -> int:
        """Number of sections over all parts of the body."""
        return sum(len(part.sections) for part in self.parts)

    def discrepancies(self) -> Iterator[tuple[Source, Discrepancy]]:
        """Every difference between body and annex, with the source it concerns."""
        for source in self.sources:
            for discrepancy in source.discrepancies:
                yield source, discrepancy


def split_sentences(text: str) -> tuple[str, ...]:
    """Split running text after 。!? keeping every character; whitespace around sentences is dropped."""
    return tuple(sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip())
