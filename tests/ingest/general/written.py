"""A notice as written and what it says: the truth that a reader has to come to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """One line of a notice. ``kind``: front, heading or body."""

    kind: str
    text: str


@dataclass(frozen=True)
class WrittenGroup:
    """``label`` as printed; None where the part has no name of its own."""

    label: str | None
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True)
class WrittenMeasure:
    """``texts``: more than one where people differ in what still belongs to the text."""

    number: int
    title: str
    texts: tuple[str, ...]
    outline: tuple[str, ...]
    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    implied_lead: tuple[str, ...] = ()
    groups: tuple[WrittenGroup, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every department that the measure names."""
        return self.lead + self.cooperating + self.responsible


@dataclass(frozen=True)
class WrittenVariant:
    """``issuer`` is empty and ``issued_on`` None where the notice does not tell them.

    ``lead_rule``: note or mark, as the notice tells the lead among the responsible, or None.
    """

    text: str
    title: str
    heading: str
    document_number: str | None
    issuer: str
    issued_on: date | None
    lead_rule: str | None
    measures: tuple[WrittenMeasure, ...]
