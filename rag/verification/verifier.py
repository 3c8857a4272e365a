"""The verifier: a sentence passes only if nothing in it goes further than the sources that it cites."""

from collections.abc import Callable

from ingest.departments import DepartmentRegister
from ingest.encoder import Encoder
from rag.verification.claim import Claim, Reason
from rag.verification.cues import cues
from rag.verification.department import has_foreign_department
from rag.verification.entailment import Entailment
from rag.verification.figure import has_foreign_figure
from rag.verification.quotation import has_foreign_quotation


class Verifier:
    """Checks claims; the cheap and certain checks come first."""

    def __init__(self, register: DepartmentRegister, encoder: Encoder) -> None:
        self._register = register
        self._entailment = Entailment(register, encoder)

    def objection(self, claim: Claim) -> Reason | None:
        """Why the claim must not be shown, or None."""
        if found := certain_objection(claim, self._register):
            return found
        return None if self._entailment.holds(claim) else "unsupported"


def certain_objection(claim: Claim, register: DepartmentRegister) -> Reason | None:
    """What can be said against the claim without weighing."""
    checks: tuple[tuple[Reason, Callable[[Claim], bool]], ...] = (
        ("no_citation", lambda claim: not claim.sources),
        ("markup", is_no_prose),
        ("contact", gives_contact),
        ("figure", has_foreign_figure),
        ("quotation", has_foreign_quotation),
        ("department", lambda claim: has_foreign_department(claim, register)),
        ("strength", is_too_strong),
    )
    return next((reason for reason, fails in checks if fails(claim)), None)


def is_no_prose(claim: Claim) -> bool:
    """Whether the claim has markup in it, or speaks of prompts and models as no source does."""
    return bool(cues().markup.search(claim.said)) or any(
        match[0] not in claim.evidence for match in cues().echo.finditer(claim.said)
    )


def gives_contact(claim: Claim) -> bool:
    """Whether the claim says how to reach somebody: a notice has no numbers or addresses to give."""
    return bool(cues().contact.search(claim.said)) or any(
        match[0] not in claim.evidence for match in cues().reach.finditer(claim.said)
    )


def is_too_strong(claim: Claim) -> bool:
    """Whether the claim promises, generalises or insists where its sources do not."""
    return any(
        any(word in claim.said for word in strong) and not any(word in claim.evidence for word in (*strong, *printed))
        for strong, printed in cues().strong
    )
