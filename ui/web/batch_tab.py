"""批量工单: a table in, progress, a table with answers out."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.card import error_card
from ui.web.client import ApiClient, ApiError

POLL_S = 0.5
SHOWN = 20
_EMPTY = "请先选择一张工单表(CSV 或 XLSX)。"
_NAME = "工单答复.xlsx"

Shown = tuple[str, dict[str, Any]]


def build_batch(client: ApiClient) -> None:
    """Handing in a table, inside an open Blocks context."""

    async def run(path: str | None, column: str) -> AsyncIterator[Shown]:
        if not path or not Path(path).exists():
            yield error_card(_EMPTY), gr.update(visible=False)
            return
        try:
            try:
                batch = await client.create_batch(Path(path), column)
            finally:
                # The page's own copy of the upload holds personal data; it must not rest.
                Path(path).unlink(missing_ok=True)
            while not batch["finished"]:
                yield _progress(batch), gr.update(visible=False)
                await asyncio.sleep(POLL_S)
                batch = await client.batch(batch["id"])
            target = Path(tempfile.mkdtemp()) / _NAME
            target.write_bytes(await client.batch_answers(batch["id"]))
        except ApiError as error:
            yield error_card(str(error)), gr.update(visible=False)
            return
        yield _progress(batch), gr.update(value=str(target), visible=True)

    gr.Markdown("每行一件工单,列的顺序不限,UTF-8 或 GB18030。中断后交同一张表会接着做。")
    file = gr.File(label="工单表", file_types=[".csv", ".xlsx"], type="filepath", elem_id="pq-table")
    with gr.Row():
        column = gr.Textbox(label="工单内容在哪一列(不填就自己找)", max_length=200, scale=2)
        start = gr.Button("开始处理", variant="primary", elem_id="pq-batch", scale=1)
    progress = gr.HTML(elem_id="pq-progress")
    answers = gr.DownloadButton("下载结果", visible=False, elem_id="pq-answers")
    start.click(run, [file, column], [progress, answers], api_visibility="private", show_progress="hidden")


def _progress(batch: dict[str, Any]) -> str:
    problems = list(batch["problems"].items())
    rows = "".join(f"<li>第{number}行:{escape(problem)}</li>" for number, problem in problems[:SHOWN])
    more = f"<li>……共 {len(problems)} 行有问题</li>" if len(problems) > SHOWN else ""
    said = "已完成" if batch["finished"] else "处理中"
    return (
        f'<div class="pq-card"><p>{said}:{batch["done"]} / {batch["total"]} 件</p>'
        f'<progress max="{batch["total"]}" value="{batch["done"]}" aria-label="进度"></progress>'
        f"<ul>{rows}{more}</ul></div>"
    )
