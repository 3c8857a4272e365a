"""Who answers for a measure: the notations 牵头单位 / 配合责任单位 / 责任单位."""

import re
from dataclasses import dataclass

from ingest.errors import PolicyQAError

_BRACKETED = re.compile(r"[(（](?P<inside>[^:：(（]*单位[:：].*)[)）]$", re.DOTALL)
_GROUP = re.compile(r"(?P<label>[^:：]+)[:：](?P<names>.+)", re.DOTALL)
_LEAD, _COOPERATING, _PLAIN = "牵头单位", ("配合责任单位", "配合单位"), "责任单位"


class ResponsibilityError(PolicyQAError):
    """A responsibility that the grammar cannot read; the parser adds the line."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Departments as printed, in order. ``lead_label`` is the word printed for the lead role."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    lead_label: str = _LEAD


def split_departments(text: str) -> tuple[str, ...]:
    """Split a printed list at 、 outside brackets, keeping every name as printed.

    Raises ResponsibilityError if a name is empty or a bracket is not closed.
    """
    names = [""]
    depth = 0
    for char in re.sub(r"\s", "", text):
        depth += (char in "(（") - (char in ")）")
        if char == "、" and depth == 0:
            names.append("")
        else:
            names[-1] += char
    if depth or not all(names):
        raise ResponsibilityError(f"部门名单读不通:“{text}”", "请检查顿号和括号。")
    return tuple(names)


def read_responsibility(paragraph: str) -> tuple[str, Responsibility] | None:
    """Split a paragraph into its text and the responsibility in brackets at its end; None if there is none.

    责任单位 beside 配合责任单位 is the lead under another label; alone it makes no distinction of roles.
    Raises ResponsibilityError for an unknown or repeated label.
    """
    match = _BRACKETED.search(paragraph)
    if match is None:
        return None
    groups: dict[str, tuple[str, ...]] = {}
    for part in re.split("[;；]", match["inside"]):
        group = _GROUP.fullmatch(part.strip())
        if group is None or group["label"] in groups:
            raise ResponsibilityError(f"责任分工读不通:“{part}”", "应为“牵头单位:…;配合责任单位:…”。")
        groups[group["label"]] = split_departments(group["names"])

    cooperating = next((groups.pop(label) for label in _COOPERATING if label in groups), ())
    plain = groups.pop(_PLAIN, ())
    lead = groups.pop(_LEAD, ())
    if groups or (lead and plain):
        raise ResponsibilityError(f"不认识的责任标签:“{match['inside']}”", "应为牵头单位、配合责任单位或责任单位。")
    text = paragraph[: match.start()].rstrip()
    if plain and cooperating:
        return text, Responsibility(plain, cooperating, lead_label=_PLAIN)
    return text, Responsibility(lead, cooperating, plain)
