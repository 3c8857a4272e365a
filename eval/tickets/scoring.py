"""Tickets: whether every demand is found, treated and sourced rightly, and no personal data left anywhere."""

from collections import defaultdict
from collections.abc import Iterable

from eval.scores import Scores
from eval.targets.reply import AnsweredDemand, TicketReply
from eval.tickets.matching import matching
from eval.tickets.ticket import Ticket


def score(pairs: Iterable[tuple[Ticket, TicketReply]]) -> Scores:
    """Values by ticket, and by demand (the ticket's id and the demand's place, ``T1#0``)."""
    scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for ticket, reply in pairs:
        found = [matching(each.span, reply.demands) for each in ticket.demands]
        is_outside = all(not demand.cited for demand in reply.demands)
        where = "outside" if ticket.is_outside else "inside"
        of_ticket = {
            "all demands found": None not in found and len({id(each) for each in found}) == len(found),
            "as many demands as there are": len(reply.demands) == len(ticket.demands),
            "needs a human, rightly said": reply.needs_human == ticket.needs_human,
            "no personal data in any field": not any(piece in text for piece in ticket.private for text in reply.texts),
            f"ticket {where} recognised": ticket.is_outside == is_outside,
        }
        for name, value in of_ticket.items():
            scores[name][ticket.id] = float(value)
        for place, (truth, demand) in enumerate(zip(ticket.demands, found, strict=True)):
            key = f"{ticket.id}#{place}"
            if truth.gold:
                cited = demand.cited[:1] if demand else ()
                is_right = bool(truth.fitting.intersection(cited))
                scores["first source right, per demand"][key] = float(is_right)
                scores["first source right, where answered at all"][key] = float(is_right or not cited)
            scores[f"status of a demand {truth.status}"][key] = float(
                demand is not None and _status(demand) == truth.status
            )
    return {name: scores[name] for name in sorted(scores)}


def _status(demand: AnsweredDemand) -> str:
    known = {"answered": "answered", "clarify": "answered", "partial": "partial"}
    return known.get(demand.status, "outside")
