"""Notices that operators add and remove: what a file was understood to say, what is put right, what came of it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from api.contract.body import RequestBody

_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
_Names = Annotated[list[_Text], Field(max_length=200)]


class FactsBody(RequestBody):
    """Facts of the notice that are put right; what is left out stays as it was read."""

    title: _Text | None = None
    issuer: _Text | None = None
    issued_on: date | None = None
    document_number: _Text | None = None
    region: _Text | None = None
    year: Annotated[int, Field(ge=1949, le=2100)] | None = None


class SourceFieldsBody(RequestBody):
    """Fields of a measure or item that are put right. ``absent``: it is none at all."""

    title: _Text | None = None
    lead: _Names | None = None
    cooperating: _Names | None = None
    responsible: _Names | None = None
    absent: Literal[True] | None = None


class CorrectionsBody(RequestBody):
    """The form field ``corrections``, as JSON. ``sources`` by key: M12, A7."""

    notice: FactsBody = FactsBody()
    sources: dict[str, SourceFieldsBody] = Field(default_factory=dict, max_length=5000)


class OddityModel(BaseModel):
    """What a person should look at: the 1-based line, what is odd, and whether that was accepted before."""

    line: int
    message: str
    accepted: bool


class LineModel(BaseModel):
    """A line of the document, with its 1-based number."""

    number: int
    text: str


class ReadSource(BaseModel):
    """A measure or item as it was read, the line it begins on, and how sure that is."""

    key: str
    line: int
    confidence: float = Field(ge=0, le=1)
    doubtful: bool
    number: int | None
    title: str
    outline: list[str]
    text: str
    lead: list[str]
    cooperating: list[str]
    responsible: list[str]
    starred: bool | None
    groups: list[dict[str, Any]]
    lead_by_note: list[str] | None = None
    lead_by_mark: list[str] | None = None


class NoticePreview(BaseModel):
    """POST /v1/notices/preview. ``id`` is empty if none can be guessed; ``outcome``: what publishing would do.

    ``added``, ``dropped`` and ``changed`` are keys, compared with the notice that is there under the id.
    """

    file: str
    id: str
    outcome: Literal["new", "update", "unchanged"]
    supersedes: str | None
    title: str
    issuer: str
    issued_on: date | None
    document_number: str | None
    region: str
    year: int | None
    confidence: dict[str, float]
    doubtful: list[str]
    measures: list[ReadSource]
    municipal_items: list[ReadSource]
    discrepancies: list[dict[str, str]]
    oddities: list[OddityModel]
    corrected: list[str] = Field(description="更正过的:元素.字段")
    added: list[str]
    dropped: list[str]
    changed: list[str]
    lines: list[LineModel]


class NoticeAdded(BaseModel):
    """POST /v1/notices, DELETE /v1/notices/{id}: the passages of the index that changed, and its version.

    ``lost``: so many banked questions and glosses were about what the new text no longer says.
    """

    id: str
    outcome: Literal["new", "update", "unchanged", "removed"]
    measures: int
    needs_a_look: bool
    lost: int
    version: str
    created: int
    updated: int
    deleted: int
    unchanged: int
