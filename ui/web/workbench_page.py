"""12345 工作台: one ticket, a table of tickets, the review of what was found wrong; for those who signed in."""

import gradio as gr

from ui.web.access import guarded
from ui.web.batch_tab import build_batch
from ui.web.html import Html
from ui.web.review_tab import build_review
from ui.web.site import Site
from ui.web.ticket_tab import build_ticket


def build_workbench(site: Site, page: gr.Blocks) -> None:
    """The workbench, inside an open Blocks context."""
    say = site.say
    Html(site.render("intro", message=say("workbench.intro"), title=say("site.workbench")))
    with guarded(site, page, "workbench", "agent"), gr.Tabs():
        with gr.Tab(say("workbench.ticket")):
            build_ticket(site)
        with gr.Tab(say("workbench.batch")):
            build_batch(site)
        with gr.Tab(say("workbench.review")) as review:
            build_review(site, review)
