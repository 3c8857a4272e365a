"""How well the service answers the questions of the evaluation sets."""

from fastapi import APIRouter, Request

from api.contract import EvaluationReport
from api.evaluation_report import load_report
from api.signing_in.access import AGENT

router = APIRouter(tags=["运行"], dependencies=[AGENT])


@router.get("/v1/evaluation", summary="上次评测")
def read_evaluation(request: Request) -> EvaluationReport:
    """The report of the last policyqa eval; 404 if there is none, 503 if its file cannot be read."""
    return load_report(request.app.state.settings)
