"""12345 工作台: a ticket in; demands, dispatch and a draft reply out; the agent's decision kept."""

from typing import Any

import gradio as gr

from ui.web.card import error_card
from ui.web.client import ApiClient, ApiError
from ui.web.source_choice import choices
from ui.web.ticket_card import assistance_card, masked_card

_EMPTY = "请先粘贴工单内容。"
_REASONS = {
    "举措不对": "wrong_measure",
    "部门不对": "wrong_department",
    "不完整": "incomplete",
    "不该答": "should_not_answer",
}
_KEPT = {"helpful": "已记录:采纳。", "edited": "已记录:改后采纳。"}
_REJECTED = "已记录:不采纳。有更合适出处的,已送审核。"

Worked = tuple[str, str, str, str, dict[str, Any]]


def build_ticket(client: ApiClient) -> None:
    """The workbench for one ticket, inside an open Blocks context."""

    async def work(text: str, ticket_id: str) -> Worked:
        if not text.strip():
            return "", error_card(_EMPTY), "", "", {}
        try:
            found = await client.assist(text, ticket_id)
        except ApiError as error:
            return "", error_card(str(error)), "", "", {}
        kept = {"trace_id": found["trace_id"], "draft": found["draft_reply"]}
        return masked_card(found["masked_text"]), assistance_card(found), found["draft_reply"], "", kept

    async def accept(reply: str, kept: dict[str, Any]) -> str:
        is_edited = bool(kept) and reply.strip() != kept["draft"].strip()
        return await decide(kept, "edited" if is_edited else "helpful", [], reply if is_edited else "")

    async def reject(reason: str, sources: list[str], remark: str, kept: dict[str, Any]) -> str:
        return await decide(kept, _REASONS[reason], sources, remark)

    async def decide(kept: dict[str, Any], verdict: str, sources: list[str], text: str) -> str:
        if not kept:
            return _EMPTY
        try:
            await client.feedback(kept["trace_id"], verdict, sources, text)
        except ApiError as error:
            return str(error)
        return _KEPT.get(verdict, _REJECTED)

    text = gr.Textbox(
        label="工单内容", lines=6, max_length=5000, elem_id="pq-ticket", placeholder="把来电记录粘贴到这里"
    )
    with gr.Row():
        ticket_id = gr.Textbox(label="工单编号(可不填)", max_length=200, scale=2)
        start = gr.Button("处理工单", variant="primary", elem_id="pq-assist", scale=1)
    masked = gr.HTML()
    result = gr.HTML(elem_id="pq-assistance")
    reply = gr.Textbox(label="答复草稿(可修改)", lines=8, max_length=2000, elem_id="pq-reply", buttons=["copy"])
    accepted = gr.Button("采纳(改过的按改后采纳记)", variant="primary", elem_id="pq-accept")
    with gr.Accordion("不采纳", open=False):
        reason = gr.Radio(list(_REASONS), value="举措不对", label="哪里不对")
        sources = gr.Dropdown(multiselect=True, label="应引用的出处(可不选)", max_choices=10)
        remark = gr.Textbox(label="说明(可不填)", max_length=2000)
        rejected = gr.Button("记为不采纳", elem_id="pq-reject")
    said = gr.Markdown(elem_id="pq-said")
    kept = gr.State({})
    start.click(work, [text, ticket_id], [masked, result, reply, said, kept], api_name="assist")
    start.click(choices(client), None, [sources], api_visibility="private")
    accepted.click(accept, [reply, kept], [said], api_visibility="private")
    rejected.click(reject, [reason, sources, remark, kept], [said], api_visibility="private")
