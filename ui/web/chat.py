"""企业问答: the chat."""

from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.card import OVERVIEWS, answer_card, clarify_card, error_card, overview_card, plain_card
from ui.web.client import ApiClient, ApiError

_EXAMPLES_FILE = Path(__file__).parent / "assets" / "examples.txt"
_EMPTY = "请先写下您要问的事。"
_PLACEHOLDER = "**您好,请说说您要办的事。**\n\n答复只依据已收录的政府通知,每条都附原文;通知里没有的,会直接告诉您。"

Messages = list[dict[str, Any]]

REMEMBERED = 10
"""How many earlier messages go with a question, so that follow-ups are understood."""


def build_chat(client: ApiClient) -> None:
    """The chat in front of ``client``, inside an open Blocks context."""

    async def reply(question: str, messages: Messages, said: Messages) -> tuple[str, Messages, Messages]:
        if not question.strip():
            return "", [*messages, _message("assistant", error_card(_EMPTY))], said
        # Emptied by the person, the chat has no past.
        said = said[-REMEMBERED:] if messages else []
        try:
            answer = await client.ask(question, said)
            card = await _card(client, answer)
            said = [*said, _message("user", question), _message("assistant", answer["answer"])]
        except ApiError as error:
            card = error_card(str(error))
        return "", [*messages, _message("user", question), _message("assistant", card)], said

    chat = gr.Chatbot(
        label="对话", show_label=False, height=460, buttons=[], elem_id="pq-chat", placeholder=_PLACEHOLDER
    )
    with gr.Row():
        box = gr.Textbox(
            label="您的问题",
            placeholder="例如:公司想去越南设厂,ODI备案找哪个部门?",
            elem_id="pq-question",
            max_length=2000,
            scale=5,
            autofocus=True,
        )
        send = gr.Button("提问", variant="primary", elem_id="pq-send", scale=1)
    examples = [line for line in _EXAMPLES_FILE.read_text(encoding="utf-8").splitlines() if line]
    gr.Examples(examples, inputs=box, label="可以这样问")
    said = gr.State([])
    gr.on([box.submit, send.click], reply, [box, chat, said], [box, chat, said], api_name="ask")


async def _card(client: ApiClient, answer: dict[str, Any]) -> str:
    if not answer["citations"]:
        return plain_card(answer["answer"])
    if answer["status"] == "clarify":
        return clarify_card(answer)
    if answer["intent"] in OVERVIEWS or len(answer["citations"]) > 1:
        return overview_card(answer)
    notice_id = answer["citations"][0]["id"].rpartition("/")[0]
    return answer_card(answer, await client.notice(notice_id))


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}
