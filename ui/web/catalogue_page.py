"""措施目录: every measure and municipal item, to search and filter; the departments; where body and annex differ."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from ui.web.client import ApiClient, ApiError
from ui.web.html import Html
from ui.web.notice_choice import ANY, notice_choice, notice_choices
from ui.web.site import Site

CONDITIONS = ("notice", "q", "department", "role", "category", "kind", "starred")
"""The filters, by their names in the contract and in the page's own address."""
_OPEN = {"role": "any"}
"""What a filter says when it filters nothing, where that is not the empty text."""


def build_catalogue(site: Site, page: gr.Blocks) -> None:
    """The catalogue, inside an open Blocks context."""

    async def find(
        notice: str,
        words: str,
        department: str | None,
        role: str,
        category: str | None,
        kind: str,
        starred: bool,
        request: gr.Request,
    ) -> str:
        chosen = (notice, words.strip(), department, role, category, kind, "true" if starred else "")
        conditions = {
            name: value for name, value in zip(CONDITIONS, chosen, strict=True) if value and value != _OPEN.get(name)
        }
        return await _found(site, site.client(request), conditions)

    async def arrive(request: gr.Request) -> tuple[Any, ...]:
        """Fill the filters from the page's address."""
        asked = {name: value for name, value in request.query_params.items() if name in CONDITIONS}
        client = site.client(request)
        try:
            notices = await client.notices()
            departments = list(dict.fromkeys(each["name"] for each in await client.departments()))
            sections = await _sections(client, notices)
            different = [each for each in await client.measures() if each["discrepancies"]]
            listed = site.render("departments", departments=await client.departments())
            differences = site.render("differences", sources=different)
        except ApiError as error:
            notices, departments, sections, listed, differences = [], [], [], site.error(error), ""
        return (
            notice_choices(site, notices, asked.get("notice", ANY)),
            asked.get("q", ""),
            gr.update(choices=departments, value=_one_of(asked.get("department"), departments)),
            _one_of(asked.get("role"), ("lead", "cooperating")) or "any",
            gr.update(choices=sections, value=_one_of(asked.get("category"), sections)),
            _one_of(asked.get("kind"), ("measure", "municipal_item")) or "",
            asked.get("starred") == "true",
            await _found(site, client, asked),
            listed,
            differences,
        )

    say = site.say
    Html(site.render("intro", message=say("catalogue.intro"), title=say("site.catalogue")))
    with gr.Tabs():
        with gr.Tab(say("catalogue.measures")):
            notice = notice_choice(site, "pq-notice")
            with gr.Row():
                words = gr.Textbox(
                    label=say("catalogue.search"), placeholder=say("catalogue.search_hint"), elem_id="pq-words"
                )
                department = gr.Dropdown([], label=say("catalogue.department"), elem_id="pq-department")
                category = gr.Dropdown([], label=say("catalogue.section"), elem_id="pq-category")
            with gr.Row():
                role = gr.Radio(
                    [(say(f"catalogue.{each}"), each) for each in ("any", "lead", "cooperating")],
                    value="any",
                    label=say("catalogue.role"),
                )
                kind = gr.Radio(
                    [(say("catalogue.all"), ""), *((say(f"catalogue.{each}"), each) for each in _KINDS)],
                    value="",
                    label=say("catalogue.kind"),
                )
                starred = gr.Checkbox(label=say("catalogue.starred"), container=True)
            clearings = gr.Number(0, visible="hidden")
            reset = gr.Button(say("catalogue.reset"), size="sm", elem_id="pq-reset", scale=0)
            results = Html(elem_id="pq-results")
        with gr.Tab(say("catalogue.departments")):
            listed = Html(elem_id="pq-departments")
        with gr.Tab(say("catalogue.differences")):
            differences = Html(elem_id="pq-differences")
    filters = [notice, words, department, role, category, kind, starred]
    # One event for all: what is chosen while an answer is awaited is asked for next, and never overtaken by it.
    # A text box that is filled by code once never tells of input again, only of change.
    gr.on(
        [
            *(notice.input, words.change, department.input, role.input, category.input, kind.input, starred.input),
            clearings.change,
        ],
        find,
        filters,
        [results],
        api_visibility="private",
        trigger_mode="always_last",
        show_progress="hidden",
    )
    # In the browser, so that it cannot come later than what is chosen next; set by code, the filters do not tell of it.
    reset.click(
        None,
        clearings,
        [*filters, clearings],
        js=f"(times) => [...{json.dumps(_NOTHING_CHOSEN)}, times + 1]",
        api_visibility="private",
        show_progress="hidden",
    )
    page.load(arrive, None, [*filters, results, listed, differences], api_visibility="private", show_progress="hidden")


_KINDS = ("measure", "municipal_item")
_NOTHING_CHOSEN = (ANY, "", None, "any", None, "", False)
"""The filters in their order, as they are when nothing is filtered."""


async def _found(site: Site, client: ApiClient, conditions: Mapping[str, str]) -> str:
    try:
        found = await client.measures(**conditions)
        notices = await client.notices()
    except ApiError as error:
        return site.error(error)
    address = f"{site.path('catalogue')}?{urlencode(conditions)}" if conditions else ""
    named = {each["id"]: each for each in notices} if len(notices) > 1 else {}
    return site.render("results", sources=found, address=address, notices=named)


async def _sections(client: ApiClient, notices: Sequence[Mapping[str, Any]]) -> list[str]:
    whole = [await client.notice(each["id"]) for each in notices]
    sections = (section for notice in whole for part in notice["outline"] for section in part["sections"])
    return list(dict.fromkeys(sections))


def _one_of(value: str | None, known: list[str] | tuple[str, ...]) -> str | None:
    return value if value in known else None
