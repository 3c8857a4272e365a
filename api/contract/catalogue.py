"""What can be browsed: notices, their sources, the departments."""

from datetime import date

from pydantic import BaseModel, Field

from api.contract.source import SourceModel
from ingest.departments import DepartmentLevel
from ingest.succession import ChangedField


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
    issued_on: date | None = Field(description="印发日期;通知没有印日期的为 null")
    document_number: str | None
    region: str
    totals: Totals
    supersedes: str | None = Field(default=None, description="接替的是哪一份(编号),收录与否都写")
    superseded_by: str | None = Field(default=None, description="已被哪一份收录的通知接替(编号);现行的为 null")


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


class ChangedSource(BaseModel):
    """A measure or item that goes on otherwise than before; ``fields`` tells what really changed."""

    fields: list[ChangedField]
    older: SourceModel
    newer: SourceModel


class NoticeChanges(BaseModel):
    """GET /v1/notices/{notice}/changes: from an older notice to a newer one. ``unchanged`` counts what stayed."""

    older: NoticeSummary
    newer: NoticeSummary
    added: list[SourceModel]
    dropped: list[SourceModel]
    changed: list[ChangedSource]
    unchanged: int


class RoleCounts(BaseModel):
    """In how many sources a department appears in each role."""

    lead: int
    cooperating: int
    responsible: int


class DepartmentModel(BaseModel):
    """A department of a region. ``english`` is an unofficial translation; ``collective`` marks an unnamed group."""

    name: str
    full_name: str
    english: str
    level: DepartmentLevel
    collective: bool
    region: str = Field(description="哪里的部门:各处同名的部门是不同的部门", examples=["上海市虹口区"])
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
