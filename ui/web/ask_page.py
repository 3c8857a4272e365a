"""企业问答: a question in everyday words, the answer as a card, the history in the asker's own browser."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.conversation import KEPT, conversation, messages, readable
from ui.web.exchange import Exchange, read_exchange
from ui.web.html import Html
from ui.web.notice_choice import notice_choice, notice_choices
from ui.web.site import Site

ASSETS = Path(__file__).parent / "assets"
STORAGE_KEY = "policyqa-conversation"
FRAME_S = 0.08
"""Between two pictures of an answer on its way."""

Shown = tuple[str, str, Sequence[Exchange]]
"""The question box, the conversation as HTML, the exchanges kept in the browser."""


def build_ask(site: Site, page: gr.Blocks) -> None:
    """The chat, inside an open Blocks context."""

    async def ask(question: str, kept: list[Exchange], notice: str, request: gr.Request) -> AsyncIterator[Shown]:
        kept, client = readable(site, kept), site.client(request)
        if not question.strip():
            card = site.render("failed", message=site.say("ask.empty"), question="")
            yield question, conversation(site, kept, "", card), kept
            return
        citations: Sequence[Mapping[str, Any]] = ()
        text, drawn = "", time.monotonic()
        yield "", conversation(site, kept, question, site.render("pending", citations=(), text="")), kept
        try:
            async for event, data in client.ask_stream(question, messages(kept), notice):
                if event == "citations":
                    citations = data["citations"]
                elif event == "delta":
                    text += data["text"]
                elif event == "done":
                    kept = [*kept, await read_exchange(client, question, data)][-KEPT:]
                    break
                # The office is known at once, whatever a language model may have to say before it.
                if event == "citations" or time.monotonic() - drawn > FRAME_S:
                    drawn = time.monotonic()
                    card = site.render("pending", citations=citations, text=text)
                    yield "", conversation(site, kept, question, card), kept
        except ApiError as error:
            card = site.render("failed", message=str(error), question=question)
            yield question, conversation(site, kept, question, card), kept
            return
        yield "", conversation(site, kept), kept

    def show(kept: list[Exchange]) -> str | dict[str, Any]:
        # Whoever asks before the page has settled must not see the welcome come back over the answer.
        skipped: dict[str, Any] = gr.skip()
        return conversation(site, readable(site, kept)) if kept else skipped

    def chosen(event: gr.EventData) -> str:
        question: str = event.question
        return question

    def clear() -> tuple[str, list[Exchange]]:
        return conversation(site, []), []

    async def rate(said: Mapping[str, str], request: gr.Request) -> str:
        try:
            # By name only the staff decides, at the workbench.
            await site.nameless(request).feedback(said["trace"], said["verdict"], [], said["text"])
        except ApiError as error:
            return str(error)
        return ""

    async def offer(request: gr.Request) -> dict[str, Any]:
        try:
            return notice_choices(site, await site.client(request).notices())
        except ApiError:
            return notice_choices(site, [])

    log = Html(
        conversation(site, []),
        elem_id="pq-log",
        js_on_load=(ASSETS / "conversation.js").read_text(encoding="utf-8"),
        server_functions=[rate],
    )
    with gr.Row(elem_id="pq-ask"):
        box = gr.Textbox(
            label=site.say("ask.label"),
            placeholder=site.say("ask.placeholder"),
            elem_id="pq-question",
            max_length=2000,
            scale=5,
        )
        send = gr.Button(site.say("ask.send"), variant="primary", elem_id="pq-send", scale=0, min_width=96)
    notice = notice_choice(site, "pq-notice")
    with gr.Row(elem_id="pq-kept"):
        Html(site.render("note_line", message=site.say("ask.kept_here")))
        cleared = gr.Button(site.say("ask.clear"), size="sm", elem_id="pq-clear", scale=0, min_width=96)
    # The browser's own storage; the secret only keeps it readable after a restart, it protects nothing.
    kept = gr.BrowserState([], storage_key=STORAGE_KEY, secret=STORAGE_KEY)

    gr.on(
        [box.submit, send.click],
        ask,
        [box, kept, notice],
        [box, log, kept],
        api_visibility="private",
        show_progress="hidden",
    )
    log.choose(chosen, None, [box], api_visibility="private").then(
        ask, [box, kept, notice], [box, log, kept], api_visibility="private", show_progress="hidden"
    )
    cleared.click(clear, None, [log, kept], api_visibility="private", show_progress="hidden")
    page.load(show, [kept], [log], api_visibility="private", show_progress="hidden")
    page.load(offer, None, [notice], api_visibility="private", show_progress="hidden")
