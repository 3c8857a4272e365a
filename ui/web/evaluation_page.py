"""评测: the figures of the last evaluation with every failure to read, and how the service is used."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from ui.web.access import guarded
from ui.web.client import ApiError, NotFound
from ui.web.html import Html
from ui.web.reliability import SIDE, points
from ui.web.risk import risk_curve
from ui.web.site import Site
from ui.web.usage_tab import build_usage

SIGNIFICANT = 0.01
"""With some fifty metrics at 0.05, two or three would differ by chance alone."""


def build_evaluation(site: Site, page: gr.Blocks) -> None:
    """Evaluation and usage, inside an open Blocks context."""
    say = site.say

    async def show(request: gr.Request) -> str:
        try:
            report = await site.client(request).evaluation()
        except NotFound:
            return site.render("note", message=say("evaluation.none"))
        except ApiError as error:
            return site.error(error)
        coverage, risk = report["risk_coverage"]["coverage"], report["risk_coverage"]["risk"]
        return site.render(
            "evaluation",
            report=report,
            changes=[(change, verdict(change)) for change in report["changes"]],
            significant=SIGNIFICANT,
            points=points(report["reliability"]["bins"]),
            curve=risk_curve(coverage, risk) if coverage else None,
            side=SIDE,
        )

    Html(site.render("intro", message=say("evaluation.intro"), title=say("site.evaluation")))
    with guarded(site, page, "evaluation", "agent"), gr.Tabs():
        with gr.Tab(say("evaluation.quality")):
            report = Html(site.render("note", message=say("site.loading")), elem_id="pq-evaluation")
        with gr.Tab(say("evaluation.usage")) as usage:
            build_usage(site, usage)
    page.load(show, None, [report], api_visibility="private", show_progress="hidden")


def verdict(change: Mapping[str, Any]) -> str:
    """What became of a metric: worse, better, unchanged, or nothing that could not be chance (by_chance)."""
    before, after = change["before"], change["after"]
    if before == after:
        return "unchanged"
    if change["p"] >= SIGNIFICANT:
        return "by_chance"
    return "better" if (after > before) == (change["better"] == "higher") else "worse"
