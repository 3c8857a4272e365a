"""A ticket worked through as plain text, to be pasted into the dispatching system of the hotline."""

from collections.abc import Iterator, Mapping
from typing import Any

from ui.web.site import Site
from ui.web.source import label, leads
from ui.web.wording import card_texts


def work_order(site: Site, found: Mapping[str, Any], reply: str) -> str:
    """Main and joint departments with the reason, the masked ticket, each demand with its evidence, the reply.

    Always Chinese: the systems it goes to are.
    """
    return "\n".join(_lines(site, found, reply))


def _lines(site: Site, found: Mapping[str, Any], reply: str) -> Iterator[str]:
    say, card = site.say, card_texts("zh")
    dispatch = found["dispatch"]
    lead = "、".join(dispatch["lead"]) or say("workbench.by_hand")
    yield say("workbench.order_text", lead=lead, cooperating="、".join(dispatch["cooperating"]) or "-")
    yield say("workbench.order_reason", reason=dispatch["reason"])
    yield say("workbench.order_ticket", text=found["masked_text"])
    for number, demand in enumerate(found["demands"], start=1):
        yield say("workbench.order_demand", number=number, text=demand["text"])
        for source in demand["citations"]:
            yield say(
                "workbench.order_source",
                source=label(source, card),
                title=source["title"],
                lead="、".join(leads(source)),
                quote=source["quote"],
            )
    yield say("workbench.order_reply", text=reply)
