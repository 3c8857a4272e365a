"""使用情况: what measure 43 asks of such a service, by department and measure, and the trouble of the week."""

import gradio as gr

from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.site import Site

SHOWN = 15
WINDOWS = {"week": 7, "month": 30, "year": 366}
"""Days."""


def build_usage(site: Site, tab: gr.Tab) -> None:
    """Figures and digest, inside an open Blocks context; read anew whenever ``tab`` is opened."""
    say = site.say

    async def show(days: int, request: gr.Request) -> str:
        client = site.client(request)
        try:
            return site.render(
                "usage", figures=await client.figures(days), digest=await client.digest(days), shown=SHOWN
            )
        except ApiError as error:
            return site.error(error)

    window = gr.Radio(
        [(say(f"evaluation.{name}"), days) for name, days in WINDOWS.items()],
        value=WINDOWS["week"],
        label=say("evaluation.window"),
    )
    usage = Html(elem_id="pq-usage")
    gr.on([tab.select, window.change], show, [window], [usage], api_visibility="private", show_progress="hidden")
