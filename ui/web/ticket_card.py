"""What a hotline agent reads of a ticket worked through: demands with evidence, dispatch, similar tickets."""

from collections.abc import Mapping
from html import escape
from typing import Any

from ui.web.card import source_label, source_url

STATUSES = {
    "answered": "通知有规定",
    "partial": "通知只写了一部分",
    "clarify": "可能有几种",
    "no_evidence": "通知没有涉及",
    "out_of_scope": "不在收录范围",
    "chitchat": "没有具体诉求",
    "blocked": "不予处理",
}
OUTCOMES = {
    "helpful": "已采纳",
    "edited": "改后采纳",
    "wrong_measure": "不采纳:举措不对",
    "wrong_department": "不采纳:部门不对",
    "incomplete": "不采纳:不完整",
    "should_not_answer": "不采纳:不该答",
    "undecided": "还没有判断",
}


def assistance_card(found: Mapping[str, Any]) -> str:
    """HTML of the response of /v1/assist. Everything from outside is escaped."""
    demands = "".join(_demand(number, each) for number, each in enumerate(found["demands"], start=1))
    return f'<div class="pq-card pq-assist">{_dispatch(found["dispatch"])}{demands}{_similar(found)}</div>'


def masked_card(text: str) -> str:
    """HTML of a masked ticket, with what was masked set off."""
    shown = escape(text).replace("〔", "<mark>〔").replace("〕", "〕</mark>")
    return f'<div class="pq-card pq-masked"><p class="pq-role">遮盖后的工单(只保存这一份)</p><p>{shown}</p></div>'


def _dispatch(dispatch: Mapping[str, Any]) -> str:
    leads = "、".join(dispatch["lead"]) or "请人工确定"
    joint = f'<p class="pq-coop"><span>会办:</span>{escape("、".join(dispatch["cooperating"]))}</p>'
    human = '<span class="pq-tag pq-human">需人工核对</span>' if dispatch["needs_human"] else ""
    return (
        f'<section class="pq-dispatch" aria-label="派单建议"><p class="pq-role">派单建议 · 主办 {human}</p>'
        f'<p class="pq-lead">{escape(leads)}</p>{joint if dispatch["cooperating"] else ""}'
        f"<p>{escape(dispatch['reason'])}</p></section>"
    )


def _demand(number: int, demand: Mapping[str, Any]) -> str:
    head = (
        f'<p class="pq-role">诉求{number} · {STATUSES[demand["status"]]} · 把握 {demand["confidence"]:.0%}</p>'
        f'<p class="pq-demand">{escape(demand["text"])}</p>'
    )
    sources = "".join(_source(source) for source in demand["citations"])
    return f'<section class="pq-one" aria-label="诉求{number}">{head}{sources}{_approved(demand)}</section>'


def _source(source: Mapping[str, Any]) -> str:
    leads = "、".join(source["lead"] or source["responsible"])
    link = f'<a href="{escape(source_url(source))}" target="_blank">看全文</a>'
    return (
        f'<p class="pq-measure"><b>{source_label(source)}</b> {escape(source["title"])} {link}</p>'
        f"<p><b>{escape(leads)}</b> 牵头</p><blockquote>{escape(source['quote'])}</blockquote>"
    )


def _approved(demand: Mapping[str, Any]) -> str:
    found = demand["annotation"]
    if not found:
        return ""
    return (
        f'<p class="pq-related">沿用 {escape(found["approved_by"])} {escape(found["approved_at"][:10])} 审定的答复</p>'
    )


def _similar(found: Mapping[str, Any]) -> str:
    if not found["similar"]:
        return ""
    rows = "".join(
        f"<li>{escape(each['ticket_id'])}({each['score']:.0%} 相似,{OUTCOMES[each['outcome']]})</li>"
        for each in found["similar"]
    )
    return f'<section class="pq-one" aria-label="相似工单"><p class="pq-role">相似的旧工单</p><ul>{rows}</ul></section>'
