"""What a notice was understood to say, as fields that an operator can put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FACTS = ("title", "issuer", "document_number", "issued_on", "region", "year")
_KINDS: Mapping[str, str] = {"issued_on": "date", "year": "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """A fact of the notice: its name in the contract, the kind of input, what was read, and whether to look at it."""

    name: str
    kind: str
    value: str
    doubtful: bool


def fields_of(found: Mapping[str, Any]) -> Sequence[Field]:
    """The facts in the order of the form."""
    return [Field(name, _KINDS.get(name, "text"), str(found[name] or ""), name in found["doubtful"]) for name in FACTS]


def measures_of(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Measures and items, what is doubtful first, else as printed."""
    return sorted((*found["measures"], *found["municipal_items"]), key=lambda each: not each["doubtful"])
