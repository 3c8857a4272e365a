"""The page: the chat for everybody, the workbench for the hotline."""

from pathlib import Path

import gradio as gr

from ui.web.batch_tab import build_batch
from ui.web.chat import build_chat
from ui.web.client import ApiClient
from ui.web.figures_tab import build_figures
from ui.web.review_tab import build_review
from ui.web.ticket_tab import build_ticket

ASSETS = Path(__file__).parent / "assets"
TITLE = "政策问答"
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
_HEADER = f"""<div id="pq-header"><h1>{TITLE}</h1>
<p>用自己的话说说遇到的事,这里告诉您由哪个部门牵头、依据通知的哪一条。</p></div>"""


def build_page(client: ApiClient) -> gr.Blocks:
    """The page in front of ``client``."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False)
    with page:
        gr.HTML(_HEADER)
        with gr.Tabs():
            with gr.Tab("企业问答"):
                build_chat(client)
            with gr.Tab("12345 工作台"):
                build_ticket(client)
            with gr.Tab("批量工单"):
                build_batch(client)
            with gr.Tab("审核") as review:
                build_review(client, review)
            with gr.Tab("服务情况") as figures:
                build_figures(client, figures)
    return page


def theme() -> gr.themes.Base:
    """Calm and official, with the system's own fonts: nothing is downloaded."""
    return gr.themes.Default(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=["ui-monospace", "monospace"]
    )
