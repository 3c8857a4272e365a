"""审核: questions that were answered wrongly, one by one; what is approved joins the question bank."""

from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.site import Site
from ui.web.source_choice import source_choices

Shown = tuple[str, str, list[str], int]
"""The candidate as HTML, its question, its sources, its number; 0 if there is none."""


def build_review(site: Site, tab: gr.Tab) -> None:
    """The queue of candidates, inside an open Blocks context; read anew whenever ``tab`` is opened."""
    say = site.say

    async def show(request: gr.Request, after: int = 0) -> Shown:
        try:
            waiting = await site.client(request).candidates()
        except ApiError as error:
            return site.error(error), "", [], 0
        if not waiting:
            return site.render("note", message=say("workbench.none_waiting")), "", [], 0
        found = next((each for each in waiting if each["id"] > after), waiting[0])
        card = site.render("candidate", found=found, waiting=len(waiting))
        return card, found["question"], found["sources"], found["id"]

    async def skip(number: int, request: gr.Request) -> Shown:
        return await show(request, number)

    async def approve(who: str, question: str, sources: list[str], number: int, request: gr.Request) -> tuple[Any, ...]:
        body = {"decision": "approve", "who": who, "question": question, "sources": sources}
        return await decide(request, number, body, say("workbench.approved"))

    async def reject(who: str, reason: str, number: int, request: gr.Request) -> tuple[Any, ...]:
        body = {"decision": "reject", "who": who, "reason": reason}
        return await decide(request, number, body, say("workbench.refused"))

    async def decide(request: gr.Request, number: int, body: dict[str, Any], done: str) -> tuple[Any, ...]:
        if not number or not body["who"].strip():
            return (say("workbench.nameless" if number else "workbench.none_waiting"), *[gr.skip()] * 4)
        try:
            await site.client(request).review(number, body)
        except ApiError as error:
            return (str(error), *[gr.skip()] * 4)
        return (done, *await show(request, number))

    candidate = Html(elem_id="pq-candidate")
    question = gr.Textbox(label=say("workbench.banked"), max_length=2000, elem_id="pq-banked")
    sources = gr.Dropdown(multiselect=True, label=say("workbench.banked_sources"), max_choices=10)
    with gr.Row():
        who = gr.Textbox(label=say("workbench.who"), max_length=100, elem_id="pq-who")
        reason = gr.Textbox(label=say("workbench.why_not"), max_length=2000)
    with gr.Row():
        approved = gr.Button(say("workbench.approve"), variant="primary", elem_id="pq-approve")
        rejected = gr.Button(say("workbench.refuse"), elem_id="pq-refuse")
        skipped = gr.Button(say("workbench.skip"))
    said = gr.Markdown(elem_id="pq-reviewed")
    number = gr.State(0)
    shown = [candidate, question, sources, number]
    tab.select(source_choices(site), None, [sources], api_visibility="private").then(
        show, None, shown, api_visibility="private"
    )
    approved.click(approve, [who, question, sources, number], [said, *shown], api_visibility="private")
    rejected.click(reject, [who, reason, number], [said, *shown], api_visibility="private")
    skipped.click(skip, [number], shown, api_visibility="private")
