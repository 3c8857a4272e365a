"""工单: a ticket in; demands, dispatch and a draft reply out; the agent's decision kept."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.site import Site
from ui.web.source_choice import source_choices
from ui.web.work_order import work_order

ASSETS = Path(__file__).parent / "assets"
REASONS = ("wrong_measure", "wrong_department", "incomplete", "should_not_answer")

Undecided = tuple[dict[str, Any], str, str, dict[str, Any]]
Worked = tuple[str, dict[str, Any], str, str, dict[str, Any]]
"""The ticket worked through as HTML; whether there is something to decide; the draft; what was said of the decision;
what a decision needs."""


def build_ticket(site: Site) -> None:
    """The workbench for one ticket, inside an open Blocks context."""
    say = site.say

    async def work(text: str, ticket_id: str, request: gr.Request) -> AsyncIterator[Worked]:
        nothing: Undecided = (gr.update(visible=False), "", "", {})
        if not text.strip():
            yield site.error(say("workbench.empty")), *nothing
            return
        yield site.render("note", message=say("workbench.working")), *nothing
        try:
            found = await site.client(request).assist(text, ticket_id)
        except ApiError as error:
            yield site.error(error), *nothing
            return
        kept = {"trace_id": found["trace_id"], "draft": found["draft_reply"], "found": found}
        yield site.render("ticket", found=found), gr.update(visible=True), found["draft_reply"], "", kept

    async def accept(reply: str, kept: Mapping[str, Any], request: gr.Request) -> str:
        is_edited = bool(kept) and reply.strip() != kept["draft"].strip()
        verdict = "edited" if is_edited else "helpful"
        return await decide(request, kept, verdict, [], reply if is_edited else "")

    async def reject(
        reason: str, sources: Sequence[str], remark: str, kept: Mapping[str, Any], request: gr.Request
    ) -> str:
        return await decide(request, kept, reason, sources, remark)

    async def decide(
        request: gr.Request, kept: Mapping[str, Any], verdict: str, sources: Sequence[str], text: str
    ) -> str:
        if not kept:
            return say("workbench.empty")
        try:
            await site.client(request).feedback(kept["trace_id"], verdict, sources, text)
        except ApiError as error:
            return str(error)
        return say("workbench.kept_rejected" if verdict in REASONS else f"workbench.kept_{verdict}")

    def order(reply: str, kept: Mapping[str, Any]) -> str:
        return work_order(site, kept["found"], reply) if kept else ""

    text = gr.Textbox(
        label=say("workbench.text"),
        lines=4,
        max_length=5000,
        elem_id="pq-ticket",
        placeholder=say("workbench.text_hint"),
    )
    with gr.Row(elem_classes="pq-row"):
        ticket_id = gr.Textbox(label=say("workbench.number"), max_length=200, scale=2)
        start = gr.Button(say("workbench.work"), variant="primary", elem_id="pq-assist", scale=1)
    result = Html(elem_id="pq-assistance")
    with gr.Column(visible=False) as decision:
        reply = gr.Textbox(label=say("workbench.draft"), lines=8, max_length=2000, elem_id="pq-reply")
        with gr.Row():
            accepted = gr.Button(say("workbench.accept"), variant="primary", elem_id="pq-accept")
            ordered = gr.Button(say("workbench.order"), elem_id="pq-order")
        with gr.Accordion(say("workbench.reject"), open=False):
            reason = gr.Radio(
                [(say(f"card.{each}"), each) for each in REASONS], value=REASONS[0], label=say("card.wrong_why")
            )
            sources = gr.Dropdown(multiselect=True, label=say("workbench.sources"), max_choices=10)
            remark = gr.Textbox(label=say("card.remark"), max_length=2000)
            rejected = gr.Button(say("workbench.reject_submit"), elem_id="pq-reject")
        said = gr.Markdown(elem_id="pq-said")
    order_text = gr.Textbox(visible="hidden")
    kept = gr.State({})
    gr.on(
        [start.click],
        work,
        [text, ticket_id],
        [result, decision, reply, said, kept],
        api_visibility="private",
        show_progress="hidden",
    )
    start.click(source_choices(site), None, [sources], api_visibility="private")
    accepted.click(accept, [reply, kept], [said], api_visibility="private")
    rejected.click(reject, [reason, sources, remark, kept], [said], api_visibility="private")
    ordered.click(order, [reply, kept], [order_text], api_visibility="private").then(
        None, [order_text], None, js="(text) => window.policyqa.copy(text)"
    )
