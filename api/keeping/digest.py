"""The digest of a week: the same trouble from many callers (一类事), with the department and measure it belongs to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from api.store import Exchange, Verdict

ALIKE = 0.85
"""Cosine from which on two tickets are about one kind of trouble."""
FEWEST = 2
"""Fewer tickets are no cluster."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Tickets about one kind of trouble: how many, the first of them, where they belong, what was decided on them."""

    count: int
    example: str
    source: str | None
    lead: tuple[str, ...]
    ticket_ids: tuple[str, ...]
    outcomes: Mapping[str, int]


def clusters(tickets: Sequence[Exchange], verdicts: Mapping[str, Verdict | None]) -> tuple[Cluster, ...]:
    """Clusters of at least FEWEST tickets, the largest first; ``verdicts`` are the latest by trace id.

    The leader algorithm (Hartigan, Clustering Algorithms, 1975, chapter 3): a ticket joins the most alike leader or
    becomes one.
    """
    members: list[list[Exchange]] = []
    leaders = np.empty((0, 0), np.float32)
    for ticket in tickets:
        if ticket.vector is None:
            continue
        alike = leaders @ ticket.vector if members else np.array([])
        if alike.size and alike.max() >= ALIKE:
            members[int(alike.argmax())].append(ticket)
        else:
            members.append([ticket])
            leaders = np.vstack([leaders, ticket.vector]) if leaders.size else ticket.vector[None, :]
    found = [_cluster(group, verdicts) for group in members if len(group) >= FEWEST]
    return tuple(sorted(found, key=lambda each: -each.count))


def _cluster(tickets: Sequence[Exchange], verdicts: Mapping[str, Verdict | None]) -> Cluster:
    (source, lead), _ = Counter((each.sources[:1], each.leads) for each in tickets).most_common(1)[0]
    return Cluster(
        count=len(tickets),
        example=tickets[0].text,
        source=source[0] if source else None,
        lead=lead,
        ticket_ids=tuple(each.ticket_id or each.trace_id for each in tickets),
        outcomes=dict(Counter(verdicts.get(each.trace_id) or "undecided" for each in tickets)),
    )
