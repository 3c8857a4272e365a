"""服务情况: what measure 43 asks of such a service, by department and measure, and the trouble of the week."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import gradio as gr

from ui.web.card import error_card
from ui.web.client import ApiClient, ApiError
from ui.web.ticket_card import OUTCOMES

SHOWN = 15
_WINDOWS = {"近7天": 7, "近30天": 30, "近一年": 366}
_NO_CLUSTERS = "没有两件以上说同一件事的工单。"


def build_figures(client: ApiClient, tab: gr.Tab) -> None:
    """Figures and digest, inside an open Blocks context; read anew whenever ``tab`` is opened."""

    async def show(window: str) -> tuple[str, str]:
        try:
            days = _WINDOWS[window]
            return _figures(await client.figures(days)), _digest(await client.digest(days))
        except ApiError as error:
            return error_card(str(error)), ""

    window = gr.Radio(list(_WINDOWS), value="近7天", label="时间")
    figures = gr.HTML(elem_id="pq-figures")
    digest = gr.HTML(elem_id="pq-digest")
    gr.on([tab.select, window.change], show, [window], [figures, digest], api_visibility="private")


def _figures(found: Mapping[str, Any]) -> str:
    tiles = (
        ("问答和工单", str(found["exchanges"])),
        ("一分钟内答复", _share(found["share_within_a_minute"])),
        ("已有判断", str(found["decided"])),
        ("原样采纳(满意率)", _share(found["satisfaction"])),
        ("改后采纳", str(found["edited"])),
        ("不采纳", str(found["rejected"])),
    )
    shown = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in tiles)
    by = (("牵头部门", found["by_department"]), ("出处", found["by_source"]))
    return f'<div class="pq-card"><dl class="pq-tiles">{shown}</dl>{"".join(_tallies(*each) for each in by)}</div>'


def _tallies(name: str, tallies: Sequence[Mapping[str, Any]]) -> str:
    if not tallies:
        return ""
    rows = [(each["name"], each["exchanges"], each["decided"], each["accepted"]) for each in tallies[:SHOWN]]
    return _table(f"按{name}", (name, "问答", "已判断", "采纳"), rows)


def _digest(found: Mapping[str, Any]) -> str:
    rows = [
        (
            each["count"],
            "、".join(each["lead"]) or "-",
            each["source"] or "-",
            each["example"],
            "、".join(f"{OUTCOMES[outcome]} {count}" for outcome, count in each["outcomes"].items()),
        )
        for each in found["clusters"][:SHOWN]
    ]
    title = f"一类事({found['tickets']} 件工单中)"
    if not rows:
        return f'<div class="pq-card"><h3>{title}</h3><p>{_NO_CLUSTERS}</p></div>'
    return f'<div class="pq-card">{_table(title, ("件数", "牵头单位", "出处", "例", "处理"), rows)}</div>'


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
