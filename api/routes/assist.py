"""POST /v1/assist for hotline agents, and POST /v1/feedback for everybody."""

from dataclasses import replace
from http import HTTPStatus

import numpy as np
from fastapi import APIRouter, Response
from numpy.typing import NDArray

from api.contract import AssistBody, AssistResponse, FeedbackBody
from api.excerpts import ExcerptsDep
from api.guards.turnstile import TurnstileDep
from api.keeping.journal import JournalDep
from api.observing.metrics import MetricsDep
from api.openapi import KEY_OPTIONAL, TICKET
from api.presenter import assist_response
from api.serving import Served, ServedDep
from api.signing_in.access import AGENT, CallerDep
from rag.assistance import Assistance
from rag.privacy import mask

router = APIRouter(prefix="/v1", tags=["坐席"])


@router.post("/assist", dependencies=[AGENT], summary="处理一件工单", responses=TICKET)
async def assist(
    body: AssistBody,
    served: ServedDep,
    excerpts: ExcerptsDep,
    turnstile: TurnstileDep,
    journal: JournalDep,
    metrics: MetricsDep,
) -> AssistResponse:
    """Demands, lead and cooperating departments, evidence, dispatch and a draft reply; personal data is masked."""

    def work() -> AssistResponse:
        assistance = served.assist_chain.assist(body.text, body.notice, excerpts.texts)
        assistance = replace(assistance, timings_ms=excerpts.timings_ms(assistance.timings_ms))
        vector = _vector(assistance, served)
        response = assist_response(assistance, journal.similar(vector))
        ticket_id = mask(body.ticket_id) if body.ticket_id else None
        journal.keep_ticket(response, ticket_id, vector)
        for demand, answered in zip(response.demands, assistance.demands, strict=True):
            metrics.count_answer("assist", demand.status, answered.answer.intent, demand.lead, {})
        return response

    return await turnstile.run(work)


def _vector(assistance: Assistance, served: Served) -> NDArray[np.float32]:
    """What a ticket is about: the mean of its demands, of length 1. The stories around them differ."""
    asked = [demand.answer.resolved_question for demand in assistance.demands]
    mean = served.index.encoder.encode_queries(asked).mean(axis=0)
    unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
    return unit


@router.post(
    "/feedback",
    status_code=HTTPStatus.ACCEPTED,
    summary="对一次答复的判断",
    response_class=Response,
    openapi_extra=KEY_OPTIONAL,
)
def feedback(body: FeedbackBody, served: ServedDep, journal: JournalDep, caller: CallerDep) -> Response:
    """Keep the decision; where it names better sources they become a candidate for the question bank."""
    for source_id in body.correct_sources:
        served.corpus.source(source_id)
    journal.decide(body, body.correct_sources, caller.name)
    return Response(status_code=HTTPStatus.ACCEPTED)
