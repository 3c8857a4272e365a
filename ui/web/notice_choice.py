"""The notice to keep to: a drop-down that is there only where there is a choice."""

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from ui.web.site import Site

ANY = ""
"""No notice in particular."""


def notice_choice(site: Site, elem_id: str) -> gr.Dropdown:
    """The drop-down, hidden until ``notice_choices`` has filled it."""
    return gr.Dropdown(
        [(site.say("notice.any"), ANY)], value=ANY, label=site.say("notice.label"), elem_id=elem_id, visible=False
    )


def notice_choices(site: Site, notices: Sequence[Mapping[str, Any]], chosen: str = ANY) -> dict[str, Any]:
    """What fills it: all loaded notices, those that are superseded marked, the newest first."""
    newest = sorted(notices, key=lambda each: str(each["issued_on"] or ""), reverse=True)
    choices = [(site.say("notice.any"), ANY), *((_name(site, each), each["id"]) for each in newest)]
    is_known = any(each["id"] == chosen for each in notices)
    update: dict[str, Any] = gr.update(choices=choices, value=chosen if is_known else ANY, visible=len(notices) > 1)
    return update


def _name(site: Site, notice: Mapping[str, Any]) -> str:
    named = "notice.choice_superseded" if notice["superseded_by"] else "notice.choice"
    return site.say(named, title=notice["title"])
