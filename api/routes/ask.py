"""POST /v1/ask."""

from fastapi import APIRouter, BackgroundTasks

from api.contract import AskBody, AskResponse
from api.journal import JournalDep
from api.metrics import MetricsDep
from api.presenter import ask_response
from api.serving import ServedDep
from rag.dialogue import Message
from rag.turn import AskRequest

router = APIRouter(prefix="/v1", tags=["问答"])


@router.post("/ask", summary="提问")
def ask(
    body: AskBody, served: ServedDep, journal: JournalDep, metrics: MetricsDep, afterwards: BackgroundTasks
) -> AskResponse:
    """Answer a question with the measure, the lead department and the sentence that proves it."""
    history = tuple(Message(message.role, message.content) for message in body.history)
    response = ask_response(served.chain.answer(AskRequest(body.question, body.language, body.notice, history)))
    lead = response.citations[0].lead if response.citations else []
    metrics.count_answer("ask", response.status, response.intent, lead, response.timings_ms)
    afterwards.add_task(journal.keep_question, response)
    return response
