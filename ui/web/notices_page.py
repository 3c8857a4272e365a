"""通知管理: an operator uploads a notice, puts right what was misunderstood, publishes it; or removes one."""

import json
from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.access import guarded
from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.notice_form import fields_of, measures_of
from ui.web.site import Site

ENDINGS = [".txt", ".html", ".htm", ".docx", ".pdf"]
_COLLECT = "() => [policyqaForm(), null]"
"""What was put right and accepted in the form, as JSON; the server knows which file it is about."""

Shown = tuple[str, dict[str, Any], str | None, str]
"""The form as HTML, the button to publish, the file that it is about, what is said below."""


def build_notices(site: Site, page: gr.Blocks) -> None:
    """The administration of notices, inside an open Blocks context."""
    say = site.say
    hidden, visible = gr.update(visible=False), gr.update(visible=True)

    async def read(path: str | None, notice_id: str, request: gr.Request) -> Shown:
        if not path or not Path(path).exists():
            return site.error(say("notices.choose")), hidden, None, ""
        try:
            found = await site.client(request).preview_notice(Path(path), notice_id.strip())
        except ApiError as error:
            return site.error(error), hidden, None, ""
        form = site.render("notice_form", found=found, facts=fields_of(found), measures=measures_of(found))
        return form, visible, path, ""

    async def publish(filled: str, path: str | None, request: gr.Request) -> tuple[Any, ...]:
        if not path or not Path(path).exists():
            return site.error(say("notices.choose")), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        form = json.loads(filled)
        try:
            added = await site.client(request).add_notice(Path(path), form["id"], form["corrections"], form["accept"])
        except ApiError as error:
            return site.error(error), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        done = site.render("note", message=say("notices.published", id=added["id"], measures=added["measures"]))
        return (done, "", hidden, *await arrive(request))

    async def arrive(request: gr.Request) -> tuple[str, dict[str, Any]]:
        try:
            notices = await site.client(request).notices()
        except ApiError as error:
            return site.error(error), gr.update(choices=[], value=None)
        choices = [(f"{each['id']} {each['title']}", each["id"]) for each in notices]
        return site.render("notice_list", notices=notices), gr.update(choices=choices, value=None)

    def ask(notice_id: str | None) -> tuple[str, dict[str, Any]]:
        if not notice_id:
            return site.error(say("notices.choose_one")), hidden
        return site.render("note", message=say("notices.really", id=notice_id)), visible

    async def take_out(notice_id: str | None, request: gr.Request) -> tuple[Any, ...]:
        try:
            await site.client(request).remove_notice(notice_id or "")
        except ApiError as error:
            return site.error(error), hidden, gr.skip(), gr.skip()
        return (
            site.render("note", message=say("notices.removed", id=notice_id)),
            hidden,
            *await arrive(request),
        )

    Html(site.render("intro", message=say("notices.intro"), title=say("site.notices")))
    with guarded(site, page, "notices", "operator"), gr.Tabs():
        with gr.Tab(say("notices.add")):
            file = gr.File(label=say("notices.file"), file_types=ENDINGS, type="filepath", elem_id="pq-notice-file")
            with gr.Row(elem_classes="pq-row"):
                notice_id = gr.Textbox(
                    label=say("notices.id"), placeholder="hongkou-2025", max_length=63, elem_id="pq-notice-id", scale=2
                )
                begin = gr.Button(say("notices.read"), variant="primary", elem_id="pq-read", scale=1)
            shown = Html(elem_id="pq-form")
            to_publish = gr.Button(say("notices.publish"), variant="primary", visible=False, elem_id="pq-publish")
            said = Html(elem_id="pq-published")
        with gr.Tab(say("notices.loaded")):
            listed = Html(elem_id="pq-loaded")
            with gr.Row(elem_classes="pq-row"):
                chosen = gr.Dropdown([], label=say("notices.which"), elem_id="pq-which", scale=2)
                unwanted = gr.Button(say("notices.remove"), elem_id="pq-remove", scale=1)
            removed = Html(elem_id="pq-removed")
            confirmed = gr.Button(say("notices.confirm"), variant="stop", visible=False, elem_id="pq-confirm")
    path, filled = gr.State(None), gr.Textbox(visible=False)
    quietly: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
    begin.click(read, [file, notice_id], [shown, to_publish, path, said], **quietly)
    to_publish.click(publish, [filled, path], [said, shown, to_publish, listed, chosen], js=_COLLECT, **quietly)
    unwanted.click(ask, [chosen], [removed, confirmed], **quietly)
    confirmed.click(take_out, [chosen], [removed, confirmed, listed, chosen], **quietly)
    page.load(arrive, None, [listed, chosen], **quietly)
