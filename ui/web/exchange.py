"""A question with its answer, as it is kept in the asker's browser and shown as a card."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from ui.web.client import ApiClient
from ui.web.site import Site
from ui.web.source import leads

Exchange = Mapping[str, Any]
"""``question``; ``answer``, the response of /v1/ask; ``notice`` that the first citation is from; ``successor``, the
notice that supersedes it; ``english``, unofficial department names by the printed ones, for answers not in Chinese."""

SURE, LIKELY = 0.9, 0.7
"""Calibrated confidence from which on an answer is called very likely or probably right."""

_OVERVIEWS = ("list", "structure")
_NOTICE_FIELDS = ("title", "issuer", "issued_on")


async def read_exchange(client: ApiClient, question: str, answer: Mapping[str, Any]) -> Exchange:
    """Everything that the card of ``answer`` needs. Raises ApiError."""
    citations = answer["citations"]
    notice = await client.notice(citations[0]["id"].rpartition("/")[0]) if citations else {}
    successor = await client.notice(notice["superseded_by"]) if notice.get("superseded_by") else {}
    return {
        "question": question,
        "answer": answer,
        "notice": {field: notice.get(field) for field in _NOTICE_FIELDS},
        "successor": {field: successor[field] for field in ("id", "title")} if successor else None,
        "english": await _english(client, citations[:1]) if not answer["language"].startswith("zh") else {},
    }


def answer_card(site: Site, exchange: Exchange) -> str:
    """HTML of the answer, speaking the answer's language."""
    answer = exchange["answer"]
    is_overview = answer["intent"] in _OVERVIEWS or len(answer["citations"]) > 1
    if not answer["citations"]:
        template = "plain"
    elif answer["status"] == "clarify":
        template = "clarify"
    else:
        template = "overview" if is_overview else "answer"
    return site.card(
        template,
        answer["language"],
        answer=answer,
        notice=exchange["notice"],
        # Browsers have kept exchanges from before there was any.
        successor=exchange.get("successor"),
        english=exchange["english"],
        before=_before(answer) if template == "answer" else [],
        sureness=_sureness(answer["confidence"]),
        is_overview=is_overview,
    )


def _before(answer: Mapping[str, Any]) -> Sequence[str]:
    """What the answer says before it names the office: what is missing, who cooperates, what was wrongly assumed.

    What a language model has added stands there too; only the composed line that names the office is in bold.
    """
    source, paragraphs = answer["citations"][0], answer["answer"].split("\n\n")
    in_charge = leads(source)
    before = list(
        takewhile(
            lambda text: not (text.startswith("**") and in_charge and in_charge[0] in text and source["title"] in text),
            paragraphs,
        )
    )
    return before if len(before) < len(paragraphs) else []


def _sureness(confidence: float) -> str:
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "doubtful"


async def _english(client: ApiClient, sources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    names = list(dict.fromkeys(name for each in sources for name in (*leads(each), *each["cooperating"])))
    found = await asyncio.gather(*(client.department(name) for name in names), return_exceptions=True)
    return {
        name: department["english"]
        for name, department in zip(names, found, strict=True)
        if not isinstance(department, BaseException)
    }
