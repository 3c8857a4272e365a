"""批量: a table of tickets in, progress, a table with answers out."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.client import ApiError
from ui.web.html import Html
from ui.web.site import Site

POLL_S = 0.5
STALLED_S = 60.0
"""Without a finished ticket for so long, the batch has stopped and the page says so."""
SHOWN = 20

Shown = tuple[str, dict[str, Any]]
"""The progress as HTML, the download button."""


def build_batch(site: Site) -> None:
    """Handing in a table, inside an open Blocks context."""
    say = site.say
    hidden = gr.update(visible=False)

    async def run(path: str | None, column: str, request: gr.Request) -> AsyncIterator[Shown]:
        if not path or not Path(path).exists():
            yield site.error(say("workbench.choose_table")), hidden
            return
        client = site.client(request)
        try:
            try:
                batch = await client.create_batch(Path(path), column)
            finally:
                # The page's own copy of the upload holds personal data; it must not rest.
                Path(path).unlink(missing_ok=True)
            done, moved = -1, time.monotonic()
            while not batch["finished"]:
                if batch["done"] > done:
                    done, moved = batch["done"], time.monotonic()
                if time.monotonic() - moved > STALLED_S:
                    yield site.error(say("workbench.stalled", done=batch["done"], total=batch["total"])), hidden
                    return
                yield progress(batch), hidden
                await asyncio.sleep(POLL_S)
                batch = await client.batch(batch["id"])
            content = await client.batch_answers(batch["id"])
        except ApiError as error:
            yield site.error(error), hidden
            return
        # Gradio keeps a copy of its own for the download, and deletes it in time.
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / say("workbench.file_name")
            target.write_bytes(content)
            yield progress(batch), gr.update(value=str(target), visible=True)

    def progress(batch: dict[str, Any]) -> str:
        problems = list(batch["problems"].items())
        return site.render("batch", batch=batch, problems=problems[:SHOWN], more=len(problems) > SHOWN)

    gr.Markdown(say("workbench.batch_intro"))
    table = gr.File(label=say("workbench.table"), file_types=[".csv", ".xlsx"], type="filepath", elem_id="pq-table")
    with gr.Row(elem_classes="pq-row"):
        column = gr.Textbox(label=say("workbench.column"), max_length=200, scale=2)
        start = gr.Button(say("workbench.start"), variant="primary", elem_id="pq-batch", scale=1)
    shown = Html(elem_id="pq-progress")
    answers = gr.DownloadButton(say("workbench.download"), visible=False, elem_id="pq-answers")
    start.click(run, [table, column], [shown, answers], api_visibility="private", show_progress="hidden")
