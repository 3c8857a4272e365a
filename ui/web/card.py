"""An answer as a card: the department and the measure's number at first glance, then the sentence that proves it."""

from collections.abc import Mapping
from html import escape
from itertools import takewhile
from typing import Any
from urllib.parse import quote as url_quote

from markdown_it import MarkdownIt

Source = Mapping[str, Any]
OVERVIEWS = ("list", "structure")
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_GAP = "通知涉及这件事,但没有写明:{missing}。请向下列单位询问,或拨打12345。"
_FIELDS = {"title": "标题", "text": "文字", "lead": "牵头单位", "cooperating": "配合责任单位", "label": "责任标签"}


def answer_card(answer: Mapping[str, Any], notice: Mapping[str, Any]) -> str:
    """HTML of one cited answer of /v1/ask, from ``notice``. Everything from outside is escaped: text, never code."""
    source = answer["citations"][0]
    parts = (
        _gap(answer),
        _asked_for(answer),
        _head(source),
        _cooperating(source),
        _quote(source, notice),
        *_warnings(source),
        _related(answer),
    )
    return f'<div class="pq-card">{"".join(parts)}</div>'


def clarify_card(answer: Mapping[str, Any]) -> str:
    """HTML of a question back: the measures that may be meant, with their lead departments."""
    choices = "".join(
        f'<li><a href="{escape(source_url(source))}" target="_blank">{source_label(source)} '
        f"{escape(source['title'])}</a> —— {escape('、'.join(source['lead'] or source['responsible']))}</li>"
        for source in answer["citations"]
    )
    return f'<div class="pq-card pq-clarify"><p>{escape(answer["answer"].splitlines()[0])}</p><ol>{choices}</ol></div>'


def overview_card(answer: Mapping[str, Any]) -> str:
    """HTML of an answer about the catalogue as a whole: a list, the outline, all differences."""
    return f'<div class="pq-card pq-overview">{_MARKDOWN.render(answer["answer"])}</div>'


def plain_card(text: str) -> str:
    """HTML of an answer without citations."""
    return f'<div class="pq-card">{_paragraphs(text)}</div>'


def error_card(message: str) -> str:
    """A polite sentence instead of an answer."""
    return f'<div class="pq-card pq-error">{_paragraphs(message)}</div>'


def source_label(source: Source) -> str:
    """第12条, 附件1第7项, or 通知."""
    labels = {"measure": f"第{source['number']}条", "municipal_item": f"附件1第{source['number']}项", "notice": "通知"}
    return labels[source["kind"]]


def source_url(source: Source) -> str:
    """Address of the page with the source's full text."""
    return "/notices/" + url_quote(source["id"])


def _gap(answer: Mapping[str, Any]) -> str:
    if answer["status"] != "partial":
        return ""
    return f'<p class="pq-gap">{escape(_GAP.format(missing="、".join(answer["missing"])))}</p>'


def _asked_for(answer: Mapping[str, Any]) -> str:
    """What the answer says before it names the office: who cooperates, whose idea it was, what was wrongly assumed."""
    source = answer["citations"][0]
    leads = source["lead"] or source["responsible"]
    paragraphs = answer["answer"].split("\n\n")[1 if answer["status"] == "partial" else 0 :]
    before = list(takewhile(lambda text: not (leads and leads[0] in text and source["title"] in text), paragraphs))
    if len(before) == len(paragraphs):
        return ""
    return "".join(f'<div class="pq-asked">{_MARKDOWN.render(text)}</div>' for text in before)


def _head(source: Source) -> str:
    role = "市级牵头部门" if source["kind"] == "municipal_item" else "牵头单位" if source["lead"] else "责任单位"
    leads = "、".join(source["lead"] or source["responsible"])
    office = f'<p class="pq-role">{role}</p><p class="pq-lead">{escape(leads)}</p>' if leads else ""
    tag = '<span class="pq-tag">★ 虹口区提出</span>' if source["starred"] else ""
    link = f'<a href="{escape(source_url(source))}" target="_blank">看全文</a>'
    title = f"<b>{source_label(source)}</b> {escape(source['title'])}"
    return f'{office}<p class="pq-measure">{title} {tag} {link}</p>'


def _cooperating(source: Source) -> str:
    if not source["cooperating"]:
        return ""
    return f'<p class="pq-coop"><span>配合责任单位:</span>{escape("、".join(source["cooperating"]))}</p>'


def _quote(source: Source, notice: Mapping[str, Any]) -> str:
    signature = f"——《{notice['title']}》{source_label(source)}({notice['issuer']},{notice['issued_on']})"
    return f"<blockquote>{escape(source['quote'])}<cite>{escape(signature)}</cite></blockquote>"


def _warnings(source: Source) -> list[str]:
    return [
        f'<p class="pq-warning">提醒:{_FIELDS[found["field"]]},正文与附件2印得不一样。'
        f"正文:“{escape(found['body'])}”;附件2:“{escape(found['annex'])}”。</p>"
        for found in source["discrepancies"]
    ]


def _related(answer: Mapping[str, Any]) -> str:
    if not answer["related"]:
        return ""
    links = (
        f'<a href="{escape(source_url(source))}" target="_blank">{source_label(source)} {escape(source["title"])}</a>'
        for source in answer["related"]
    )
    return f'<p class="pq-related">可一并参看:{" · ".join(links)}</p>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
