"""The conversation: earlier exchanges, the one on its way, or the welcome."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import TemplateError

from ui.web.exchange import Exchange, answer_card
from ui.web.site import Site
from ui.web.wording import trades

KEPT = 20
"""How many exchanges the browser keeps."""
REMEMBERED = 5
"""How many of them go with a question, so that follow-ups are understood."""


def conversation(site: Site, kept: Sequence[Exchange], question: str = "", card: str = "") -> str:
    """HTML of the ``kept`` exchanges and of one more with its ``card``; the welcome if there is none."""
    turns = [{"question": each["question"], "card": answer_card(site, each)} for each in kept]
    if card:
        turns.append({"question": question, "card": card})
    return site.render("conversation", turns=turns, trades=trades(site.wording.language))


def messages(kept: Sequence[Exchange]) -> list[Mapping[str, str]]:
    """What was said lately, as the API's ``history``."""
    return [
        message
        for each in kept[-REMEMBERED:]
        for message in (
            {"role": "user", "content": each["question"]},
            {"role": "assistant", "content": each["answer"]["answer"]},
        )
    ]


def readable(site: Site, kept: Any) -> list[Exchange]:  # noqa: ANN401 - whatever the browser holds
    """Those of the browser's exchanges that can be shown: it may hold an older version's, or anything."""
    found: list[Exchange] = []
    for each in kept if isinstance(kept, list) else []:
        try:
            conversation(site, [each])
            messages([each])
        except (TemplateError, LookupError, TypeError, ValueError, AttributeError):
            continue
        found.append(each)
    return found[-KEPT:]
