"""The pages of the site, put together from header and content; and how they look."""

from collections.abc import Callable, Mapping

import gradio as gr

from ui.web.ask_page import build_ask
from ui.web.catalogue_page import build_catalogue
from ui.web.endpoint import build_endpoint
from ui.web.evaluation_page import build_evaluation
from ui.web.html import Html
from ui.web.map_page import build_map
from ui.web.notices_page import build_notices
from ui.web.site import PAGES, Site
from ui.web.workbench_page import build_workbench

FONTS = ("system-ui", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
CACHE_S = (600, 3600)
"""Files that the page was handed or made are looked at every ten minutes, and deleted when an hour old."""

CONCURRENCY = 16
"""How many people can be served by one handler at once; Gradio's own limit would be one."""

_BLUE = gr.themes.Color(
    c50="#f1f6fc",
    c100="#e4edf8",
    c200="#c5d9f0",
    c300="#9cc3f5",
    c400="#5f93d1",
    c500="#2f6bb3",
    c600="#1b4f8f",
    c700="#174379",
    c800="#133762",
    c900="#0f2b4d",
    c950="#0a1d35",
    name="official",
)
_BUILDERS: Mapping[str, Callable[[Site, gr.Blocks], None]] = {
    "ask": build_ask,
    "catalogue": build_catalogue,
    "map": build_map,
    "workbench": build_workbench,
    "evaluation": build_evaluation,
    "notices": build_notices,
}


def build_pages(site: Site) -> gr.Blocks:
    """All pages of one language of the site."""
    blocks = gr.Blocks(title=site.say("site.name"), analytics_enabled=False, delete_cache=CACHE_S)
    with blocks:
        # First, for it keeps its name: handlers of the pages are named after their functions.
        build_endpoint(site)
    for page in PAGES:
        with blocks if page == PAGES[0] else blocks.route(site.say(f"site.{page}"), f"/{page}", show_in_navbar=False):
            _build_page(site, page, blocks)
    blocks.queue(default_concurrency_limit=CONCURRENCY)
    return blocks


def theme() -> gr.themes.Base:
    """Calm and official, with the system's own fonts: nothing is downloaded."""
    return gr.themes.Base(
        primary_hue=_BLUE,
        neutral_hue="slate",
        font=FONTS,
        font_mono=("ui-monospace", "monospace"),
        radius_size="sm",
        text_size="lg",
    ).set(
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_text_color="#ffffff",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="#5b6875",
        input_placeholder_color_dark="#9fb0c0",
        block_label_text_color="*neutral_700",
        block_title_text_color="*neutral_800",
    )


def _build_page(site: Site, page: str, blocks: gr.Blocks) -> None:
    async def header(request: gr.Request) -> str:
        return await site.header(page, request)

    # The navigation is in the header; Gradio's own would stand above it.
    gr.components.Navbar(visible=False, main_page_name=False)
    top = Html(site.header_of(page), elem_id="pq-top")
    with gr.Column(elem_id="pq-main"):
        _BUILDERS[page](site, blocks)
    blocks.load(header, None, [top], api_visibility="private", show_progress="hidden")
