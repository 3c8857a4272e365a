"""The report of an evaluation, as the file holds it and the API returns it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from rag.answer import Status

Share = Annotated[float, Field(ge=0, le=1)]


class CellModel(BaseModel):
    """A mean with its 95% interval."""

    mean: Share
    low: Share
    high: Share


class AgreementModel(CellModel):
    """A mean over ``n`` questions with its 95% interval."""

    n: int


class RowModel(BaseModel):
    """A metric over ``n`` questions: a cell for each system of the table, null where it does not apply."""

    metric: str
    n: int
    cells: list[CellModel | None]


class TableModel(BaseModel):
    """Systems over the same questions."""

    title: str
    systems: list[str]
    rows: list[RowModel]


class BinModel(BaseModel):
    """The questions whose confidence lies between ``low`` and ``high``: how many, mean confidence, share right."""

    low: Share
    high: Share
    n: int
    confidence: Share
    accuracy: Share


class ReliabilityModel(BaseModel):
    """The expected calibration error of the product, and the bins it is made of."""

    error: Share
    bins: list[BinModel]


class MisdirectedModel(BaseModel):
    """``n`` questions led by the expected departments that went to the given; none: refused or asked back."""

    expected: list[str]
    given: list[str]
    n: int


class DepartmentTallyModel(BaseModel):
    """A department leads in ``n`` questions; in ``right`` of them it was given, alone or with others."""

    department: str
    n: int
    right: int


class ConfusionModel(BaseModel):
    """Only what differs, the most frequent first; and every department that leads."""

    rows: list[MisdirectedModel]
    departments: list[DepartmentTallyModel]


class FailureModel(BaseModel):
    """A question that went wrong; sources by their keys (M12), the cited best first."""

    id: str
    set: str
    type: str
    language: str
    question: str
    expected_status: Literal["answered", "partial", "refused"]
    status: Status
    gold: list[str]
    also_ok: list[str]
    cited: list[str]
    lead_expected: list[str]
    lead_given: list[str]
    confidence: Share


class EvaluationReport(BaseModel):
    """GET /v1/evaluation. ``systems``: from the plainest up, the product last.

    ``quick``: the systems that need another index or a fit were left out. ``int8_agreement``: the share of questions
    for which the index and one in full precision put the same source first.
    """

    at: AwareDatetime
    index_version: str
    encoder: str
    questions: int
    quick: bool
    systems: list[str]
    tables: list[TableModel]
    int8_agreement: AgreementModel | None
    reliability: ReliabilityModel
    confusion: ConfusionModel
    failures: list[FailureModel]
