"""POST /v1/ask."""

from fastapi import APIRouter

from api.contract import AskBody, AskResponse
from api.presenter import ask_response
from api.serving import ServedDep
from rag.dialogue import Message
from rag.turn import AskRequest

router = APIRouter(prefix="/v1", tags=["问答"])


@router.post("/ask", summary="提问")
def ask(body: AskBody, served: ServedDep) -> AskResponse:
    """Answer a question with the measure, the lead department and the sentence that proves it."""
    history = tuple(Message(message.role, message.content) for message in body.history)
    return ask_response(served.chain.answer(AskRequest(body.question, body.language, body.notice, history)))
