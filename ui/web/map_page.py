"""部门图: departments × sections, and who leads with whom. A click leads to the catalogue."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from ui.web.client import ApiError
from ui.web.collaboration import SIZE, cells, involved, network
from ui.web.html import Html
from ui.web.site import Site


def build_map(site: Site, page: gr.Blocks) -> None:
    """Heat map and network, inside an open Blocks context."""

    async def draw(request: gr.Request) -> tuple[str, str]:
        client = site.client(request)
        try:
            departments = await involved(client)
            notices = [await client.notice(each["id"]) for each in await client.notices() if not each["superseded_by"]]
        except ApiError as error:
            return site.error(error), ""
        sections = [section for notice in notices for part in notice["outline"] for section in part["sections"]]
        rows = [(each["name"], cells(each, sections)) for each in departments]
        rows.sort(key=lambda row: -sum(cell.total for cell in row[1]))
        nodes, edges = network(departments)
        most = max((cell.total for _, row in rows for cell in row), default=1)
        heat = site.render("heat", sections=sections, rows=rows, most=most, address=address)
        return heat, site.render("network", nodes=nodes, edges=edges, size=SIZE)

    def address(conditions: Mapping[str, Any]) -> str:
        return f"{site.path('catalogue')}?{urlencode(conditions)}"

    Html(site.render("intro", message=site.say("map.intro"), title=site.say("site.map")))
    heat = Html(site.render("note", message=site.say("site.loading")), elem_id="pq-heat")
    drawn = Html(elem_id="pq-network")
    page.load(draw, None, [heat, drawn], api_visibility="private", show_progress="hidden")
