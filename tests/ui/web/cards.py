"""Answers as the API gives them, made up for tests of how they look."""

from typing import Any

import httpx

from ui.web.client import ApiClient
from ui.web.site import Site
from ui.web.wording import PageLanguage

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
NOTICE = {"title": "方案", "issuer": "虹口区人民政府办公室", "issued_on": "2025-03-07"}


def site(language: PageLanguage = "zh") -> Site:
    """A site without an API behind it: for what is rendered from given values."""
    return Site(ApiClient(httpx.MockTransport(lambda _: httpx.Response(500))), language)


def source(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Measure 12, with changes."""
    return {
        "id": "hongkou-2025/M12",
        "kind": "measure",
        "number": 12,
        "title": "帮助拓展海外市场",
        "outline": ["一、优化为企服务"],
        "lead": ["区服务发展办"],
        "cooperating": ["区商务委", "区税务局"],
        "responsible": [],
        "starred": True,
        "quote": "提供ODI备案指导。",
        "matched": [],
        "discrepancies": [],
        **changes,
    }


def answer(cited: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """An answer that rests on ``cited``, with changes."""
    return {
        "status": "answered",
        "intent": "which_office",
        "language": "zh",
        "citations": [cited],
        "related": [],
        "missing": [],
        "answer": "",
        "answer_source": "composed",
        "confidence": 0.95,
        "trace_id": "t1",
        "annotation": None,
        **changes,
    }


def exchange(answered: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A question with this answer."""
    return {"question": "找谁?", "answer": answered, "notice": NOTICE, "english": {}, **changes}
