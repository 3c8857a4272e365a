"""措施目录: every measure and municipal item, to search and filter; the departments; where body and annex differ."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from ui.web.client import ApiClient, ApiError
from ui.web.html import Html
from ui.web.site import Site

CONDITIONS = ("q", "department", "role", "category", "kind", "starred")
"""The filters, by their names in the contract and in the page's own address."""
_OPEN = {"role": "any"}
"""What a filter says when it filters nothing, where that is not the empty text."""


def build_catalogue(site: Site, page: gr.Blocks) -> None:
    """The catalogue, inside an open Blocks context."""

    async def find(
        words: str, department: str | None, role: str, category: str | None, kind: str, starred: bool
    ) -> str:
        chosen = (words.strip(), department, role, category, kind, "true" if starred else "")
        conditions = {
            name: value for name, value in zip(CONDITIONS, chosen, strict=True) if value and value != _OPEN.get(name)
        }
        return await _found(site, site.client(), conditions)

    async def arrive(request: gr.Request) -> tuple[Any, ...]:
        """Fill the filters from the page's address."""
        asked = {name: value for name, value in request.query_params.items() if name in CONDITIONS}
        client = site.client(request)
        try:
            departments = [each["name"] for each in await client.departments()]
            sections = await _sections(client)
            different = [each for each in await client.measures() if each["discrepancies"]]
            listed = site.render("departments", departments=await client.departments())
            differences = site.render("differences", sources=different)
        except ApiError as error:
            departments, sections, listed, differences = [], [], site.error(error), ""
        return (
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
            reset = gr.Button(say("catalogue.reset"), size="sm", elem_id="pq-reset", scale=0)
            results = Html(elem_id="pq-results")
        with gr.Tab(say("catalogue.departments")):
            listed = Html(elem_id="pq-departments")
        with gr.Tab(say("catalogue.differences")):
            differences = Html(elem_id="pq-differences")
    filters = [words, department, role, category, kind, starred]
    # A text box that is filled by code once never tells of input again, only of change.
    gr.on(
        [words.change, department.input, role.input, category.input, kind.input, starred.input],
        find,
        filters,
        [results],
        api_visibility="private",
        trigger_mode="always_last",
        show_progress="hidden",
    )
    reset.click(
        lambda: ("", None, "any", None, "", False), None, filters, api_visibility="private", show_progress="hidden"
    ).then(find, filters, [results], api_visibility="private", show_progress="hidden")
    page.load(arrive, None, [*filters, results, listed, differences], api_visibility="private", show_progress="hidden")


_KINDS = ("measure", "municipal_item")


async def _found(site: Site, client: ApiClient, conditions: Mapping[str, str]) -> str:
    try:
        found = await client.measures(**conditions)
    except ApiError as error:
        return site.error(error)
    address = f"{site.path('catalogue')}?{urlencode(conditions)}" if conditions else ""
    return site.render("results", sources=found, address=address)


async def _sections(client: ApiClient) -> list[str]:
    notices = [await client.notice(each["id"]) for each in await client.notices()]
    return [section for notice in notices for part in notice["outline"] for section in part["sections"]]


def _one_of(value: str | None, known: list[str] | tuple[str, ...]) -> str | None:
    return value if value in known else None
