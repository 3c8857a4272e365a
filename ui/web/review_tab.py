"""审核: questions that agents found answered wrongly, one by one; what is approved joins the question bank."""

from html import escape
from typing import Any

import gradio as gr

from ui.web.card import error_card, plain_card
from ui.web.client import ApiClient, ApiError
from ui.web.source_choice import choices
from ui.web.ticket_card import OUTCOMES

_NONE = "没有待审核的问题。"
_NAMELESS = "请先写下审核人。"
_NOTHING = "通知没有规定"

Shown = tuple[str, str, list[str], int]
"""The candidate as HTML, its question, its sources, its number; 0 if there is none."""


def build_review(client: ApiClient, tab: gr.Tab) -> None:
    """The queue of candidates, inside an open Blocks context; read anew whenever ``tab`` is opened."""

    async def show(after: int = 0) -> Shown:
        try:
            waiting = await client.candidates()
        except ApiError as error:
            return error_card(str(error)), "", [], 0
        if not waiting:
            return plain_card(_NONE), "", [], 0
        found = next((each for each in waiting if each["id"] > after), waiting[0])
        return _card(found, len(waiting)), found["question"], found["sources"], found["id"]

    async def approve(who: str, question: str, sources: list[str], number: int) -> tuple[Any, ...]:
        body = {"decision": "approve", "who": who, "question": question, "sources": sources}
        return await decide(number, body, "已通过,下次更新索引(policyqa ingest)后生效。")

    async def reject(who: str, reason: str, number: int) -> tuple[Any, ...]:
        return await decide(number, {"decision": "reject", "who": who, "reason": reason}, "已记录:不采纳。")

    async def decide(number: int, body: dict[str, Any], done: str) -> tuple[Any, ...]:
        if not number or not body["who"].strip():
            return (_NAMELESS if number else _NONE, *[gr.skip()] * 4)
        try:
            await client.review(number, body)
        except ApiError as error:
            return (str(error), *[gr.skip()] * 4)
        return (done, *await show(number))

    candidate = gr.HTML(elem_id="pq-candidate")
    question = gr.Textbox(label="收入问题库的问法", max_length=2000, elem_id="pq-banked")
    sources = gr.Dropdown(multiselect=True, label="出处(第一个为准;不选表示通知没有规定)", max_choices=10)
    with gr.Row():
        who = gr.Textbox(label="审核人", max_length=100, elem_id="pq-who")
        reason = gr.Textbox(label="不采纳的理由(可不填)", max_length=2000)
    with gr.Row():
        approved = gr.Button("通过", variant="primary", elem_id="pq-approve")
        rejected = gr.Button("不采纳", elem_id="pq-refuse")
        skipped = gr.Button("跳过")
    said = gr.Markdown(elem_id="pq-reviewed")
    number = gr.State(0)
    shown = [candidate, question, sources, number]
    tab.select(choices(client), None, [sources], api_visibility="private").then(show, None, shown, api_name=False)
    approved.click(approve, [who, question, sources, number], [said, *shown], api_visibility="private")
    rejected.click(reject, [who, reason, number], [said, *shown], api_visibility="private")
    skipped.click(show, [number], shown, api_visibility="private")


def _card(found: dict[str, Any], waiting: int) -> str:
    suggested = "、".join(found["suggested"][:1]) or _NOTHING
    return (
        f'<div class="pq-card"><p class="pq-role">待审核 {waiting} 条 · {escape(found["proposed_by"])} · '
        f'{escape(found["at"][:16].replace("T", " "))}</p><p class="pq-demand">{escape(found["question"])}</p>'
        f"<p>原答复:{escape(suggested)}({OUTCOMES[found['verdict']]})</p>"
        f"<p>建议改为:{escape('、'.join(found['sources']) or _NOTHING)}</p></div>"
    )
