"""A place in a notice, as answers and the catalogue show it."""

from pydantic import BaseModel, Field

from ingest.notice import DiscrepancyField, SourceKind
from ingest.succession import ChangedField


class DiscrepancyModel(BaseModel):
    """A field that body and annex print differently."""

    field: DiscrepancyField
    body: str
    annex: str


class GlossModel(BaseModel):
    """An unofficial translation of a quote, and who approved it."""

    text: str
    reviewed_by: list[str]


class PreviousModel(BaseModel):
    """What a source was in the notice that its own supersedes. ``changed`` tells what really changed since."""

    notice: str = Field(examples=["hongkou-2024"])
    notice_title: str
    year: int | None
    id: str
    kind: SourceKind
    number: int | None
    title: str
    lead: list[str]
    cooperating: list[str]
    responsible: list[str]
    changed: list[ChangedField]


class SourceModel(BaseModel):
    """A source as it appears in citations, related and catalogue answers."""

    id: str = Field(examples=["hongkou-2025/M12"])
    notice: str = Field(description="id 的前半:哪份通知", examples=["hongkou-2025"])
    key: str = Field(description="id 的后半:通知里的哪一条", examples=["M12"])
    kind: SourceKind
    number: int | None
    title: str
    outline: list[str]
    lead: list[str]
    cooperating: list[str]
    responsible: list[str]
    starred: bool | None
    quote: str
    score: float = Field(ge=0, le=1)
    discrepancies: list[DiscrepancyModel]
    matched: list[tuple[int, int]] = Field(default=[], description="quote 中与提问相同的字词,[起, 止) 字符位置")
    gloss: GlossModel | None = Field(default=None, description="quote 经人审定的译文(非官方),用答复的语言")
    previous: PreviousModel | None = Field(
        default=None, description="本通知接替的上一份通知里对应的一条;没有收录或没有对应的为 null"
    )


class SourceDetail(SourceModel):
    """A source with its whole text."""

    text: str
