"""The report of an evaluation, as the file holds it and the API returns it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, FiniteFloat, NonNegativeInt

from rag.answer import Status

Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[FiniteFloat, Field(ge=0)]


class CellModel(BaseModel):
    """A mean with its 95% interval. Most are shares; seconds go above 1, the CRAG score down to −1."""

    mean: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat


class MetricModel(BaseModel):
    """A metric over ``n`` questions, its title in Chinese, and which way is good."""

    metric: str
    title: str
    better: Literal["higher", "lower"]
    n: NonNegativeInt


class RowModel(MetricModel):
    """A cell for each system of the table, null where the metric does not apply."""

    cells: list[CellModel | None]


class TableModel(BaseModel):
    """Systems over the same questions; in the breakdown: metrics, and a row a group of questions."""

    title: str
    systems: list[str]
    rows: list[RowModel]


class BinModel(BaseModel):
    """The questions whose confidence lies between ``low`` and ``high``: how many, mean confidence, share right."""

    low: Share
    high: Share
    n: NonNegativeInt
    confidence: Share
    accuracy: Share


class ReliabilityModel(BaseModel):
    """The expected calibration error of the last system, and the bins it is made of."""

    error: Share
    bins: list[BinModel]


class RiskCoverageModel(BaseModel):
    """Share of wrong first sources among the surest share of the questions, point by point, and the area below."""

    area: Amount
    coverage: list[Share]
    risk: list[Share]


class MisdirectedModel(BaseModel):
    """``n`` questions led by the expected departments that went to the given; none: refused or asked back."""

    expected: list[str]
    given: list[str]
    n: NonNegativeInt


class DepartmentTallyModel(BaseModel):
    """A department leads in ``n`` questions; in ``right`` of them it was given, alone or with others."""

    department: str
    n: NonNegativeInt
    right: NonNegativeInt


class ConfusionModel(BaseModel):
    """Only what differs, the most frequent first; and every department that leads."""

    rows: list[MisdirectedModel]
    departments: list[DepartmentTallyModel]


class LatencyModel(BaseModel):
    """The times p50, p90, p95 and p99, and how many replies took from each edge to the next."""

    quantiles: list[Amount]
    edges: list[Amount]
    counts: list[NonNegativeInt]


class ChangeModel(MetricModel):
    """The metric in the last run and this one; ``low`` and ``high`` bound the change (95%), ``p`` is two-sided."""

    before: FiniteFloat
    after: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat
    p: Share


class FailureModel(BaseModel):
    """A question that went wrong. Sources by their keys (M12), the cited best first; ``unsaid``: facts left out."""

    id: str
    set: str
    kind: str
    language: str
    question: str
    wrong: list[Literal["failed", "status", "source", "lead", "facts"]]
    expected_status: Literal["answered", "partial", "refused"]
    status: Status | None
    gold: list[str]
    also_ok: list[str]
    cited: list[str]
    lead_expected: list[str]
    lead_given: list[str]
    unsaid: list[str]
    confidence: Share | None
    text: str
    trace: dict[str, str]


class EvaluationReport(BaseModel):
    """GET /v1/evaluation. ``data``: version of the data sets. What is not side by side is of the last system."""

    at: AwareDatetime
    index_version: str
    encoder: str
    data: str
    sets: list[str]
    questions: NonNegativeInt
    systems: list[str]
    tables: list[TableModel]
    breakdown: list[TableModel]
    reliability: ReliabilityModel
    risk_coverage: RiskCoverageModel
    confusion: ConfusionModel
    latencies: list[LatencyModel | None]
    changes: list[ChangeModel]
    failures: list[FailureModel]
