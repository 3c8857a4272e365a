"""The page with the full text of a measure or item, at /notices/<notice>/<M12>."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from ui.web.card import source_label

_TEMPLATE = Template((Path(__file__).parent / "assets" / "source.html").read_text(encoding="utf-8"))


def source_page(source: Mapping[str, Any], notice: Mapping[str, Any]) -> str:
    """HTML of one source. Everything from the notice is escaped."""
    rows = (
        ("牵头单位", source["lead"]),
        ("责任单位", source["responsible"]),
        ("配合责任单位", source["cooperating"]),
    )
    values = {
        "label": source_label(source),
        "title": source["title"],
        "outline": " › ".join(source["outline"]),
        "text": source["text"],
        "notice": f"《{notice['title']}》",
        "issued": f"{notice['issuer']} {notice['issued_on']}",
    }
    return _TEMPLATE.substitute(
        {name: escape(value) for name, value in values.items()},
        departments="".join(f"<dt>{role}</dt><dd>{escape('、'.join(names))}</dd>" for role, names in rows if names),
        discrepancies="".join(
            f"<li>正文:“{escape(found['body'])}”<br>附件2:“{escape(found['annex'])}”</li>"
            for found in source["discrepancies"]
        ),
    )


def missing_page(message: str) -> str:
    """HTML for a source that does not exist."""
    return _TEMPLATE.substitute(
        label="没有找到",
        title="",
        outline="",
        text=escape(message),
        notice="",
        issued="",
        departments="",
        discrepancies="",
    )
