"""How the service does, and what the tickets of a time are about."""

from pydantic import BaseModel


class TallyModel(BaseModel):
    """How many exchanges of one department or source, how many were decided on, how many of those accepted."""

    name: str
    exchanges: int
    decided: int
    accepted: int


class FiguresModel(BaseModel):
    """GET /v1/figures: shares are null while there is nothing to share."""

    exchanges: int
    within_a_minute: int
    share_within_a_minute: float | None
    decided: int
    accepted: int
    edited: int
    rejected: int
    satisfaction: float | None
    by_department: list[TallyModel]
    by_source: list[TallyModel]


class ClusterModel(BaseModel):
    """Tickets about one kind of trouble: how many, one of them, where they belong, what was decided."""

    count: int
    example: str
    source: str | None
    lead: list[str]
    ticket_ids: list[str]
    outcomes: dict[str, int]


class Digest(BaseModel):
    """GET /v1/digest."""

    tickets: int
    clusters: list[ClusterModel]
