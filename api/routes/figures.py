"""How the service does: figures, the digest of a week, Prometheus."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.contract import Digest, FiguresModel
from api.keeping.digest import clusters
from api.keeping.journal import JournalDep
from api.observing.metrics import MetricsDep
from api.presenter import cluster_model, figures_model
from api.signing_in.access import OPERATOR

router = APIRouter(tags=["运行"])
Days = Annotated[int, Query(ge=1, le=366, description="最近几天")]


@router.get("/v1/figures", dependencies=[OPERATOR], summary="服务情况")
def read_figures(journal: JournalDep, days: Days = 7) -> FiguresModel:
    """Answered within a minute, accepted as they were, satisfaction; by department and measure."""
    return figures_model(journal.store.exchanges.figures(_since(days)))


@router.get("/v1/digest", dependencies=[OPERATOR], summary="一类事")
def read_digest(journal: JournalDep, days: Days = 7) -> Digest:
    """The same trouble from many callers, the commonest first."""
    exchanges = journal.store.exchanges
    tickets = [each for each in exchanges.since(_since(days)) if each.kind == "assist"]
    verdicts = {trace: verdict for trace, (_, verdict) in exchanges.outcomes(each.trace_id for each in tickets).items()}
    return Digest(tickets=len(tickets), clusters=[cluster_model(each) for each in clusters(tickets, verdicts)])


@router.get("/metrics", summary="Prometheus 指标", response_class=Response)
def read_metrics(metrics: MetricsDep) -> Response:
    """Requests, answers, steps and figures."""
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _since(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)
