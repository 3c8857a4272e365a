"""What can be browsed: notices, their sources, the departments."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from api.contract.source import SourceModel


class Totals(BaseModel):
    """How much a notice holds."""

    parts: int
    sections: int
    measures: int
    municipal_items: int
    starred: int


class NoticeSummary(BaseModel):
    """One loaded notice."""

    id: str
    title: str
    issuer: str
    issued_on: date
    document_number: str | None
    region: str
    totals: Totals


class OutlinePart(BaseModel):
    """A part of the body with its sections, as printed."""

    label: str
    sections: list[str]


class NoticeDetail(NoticeSummary):
    """One loaded notice with its outline and the differences between its body and its annex."""

    outline: list[OutlinePart]
    discrepancies: int


class NoticeList(BaseModel):
    """GET /v1/notices."""

    total: int
    items: list[NoticeSummary]


class SourceList(BaseModel):
    """GET /v1/measures."""

    total: int
    items: list[SourceModel]


class RoleCounts(BaseModel):
    """In how many sources a department appears in each role."""

    lead: int
    cooperating: int
    responsible: int


class DepartmentModel(BaseModel):
    """A department. ``english`` is an unofficial translation; ``collective`` marks an unnamed group."""

    name: str
    full_name: str
    english: str
    level: Literal["district", "municipal"]
    collective: bool
    aliases: list[str]
    counts: RoleCounts


class DepartmentDetail(DepartmentModel):
    """A department with everything it leads or joins."""

    lead: list[SourceModel]
    cooperating: list[SourceModel]
    responsible: list[SourceModel]


class DepartmentList(BaseModel):
    """GET /v1/departments."""

    total: int
    items: list[DepartmentModel]
