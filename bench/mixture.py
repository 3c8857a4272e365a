"""Mixed real requests: mostly questions, some of them in conversations or streamed, tickets, and the catalogue."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import count
from urllib.parse import quote

from bench.wire import Response, request
from eval.dataset import TRAINING_DIR, load_items, load_questions, load_standalone
from eval.tickets.ticket import load_tickets

SHARES = {"ask": 70, "ask with history": 10, "ask/stream": 8, "measures": 6, "assist": 6}
"""Of a hundred requests."""

_STATED = {
    "ask": b'"trace_id":"',
    "ask with history": b'"trace_id":"',
    "ask/stream": b"event: done",
    "measures": b'"items":[',
    "assist": b'"dispatch":{',
}
"""What a right response holds."""


def is_right(kind: str, response: Response) -> bool:
    """Whether a response is what was asked for."""
    return response.status == 200 and _STATED[kind] in response.body


def prepared_requests() -> Mapping[str, Sequence[bytes]]:
    """The requests of every kind."""
    items = load_standalone()
    # So many that what a server remembers of earlier ones seldom helps.
    questions = [{"question": item.question} for item in (*items, *load_items(TRAINING_DIR))]
    talks = [item for item in load_questions() if item.history]
    offices = sorted({name for item in items for name in item.lead})
    return {
        "ask": [request("POST", "/v1/ask", body) for body in questions],
        "ask with history": [
            request("POST", "/v1/ask", {"question": item.question, "history": [asdict(said) for said in item.history]})
            for item in talks
        ],
        "ask/stream": [request("POST", "/v1/ask/stream", body) for body in questions],
        "measures": [request("GET", f"/v1/measures?q={quote(name[1:])}") for name in offices],
        "assist": [request("POST", "/v1/assist", {"text": ticket.text}) for ticket in load_tickets()],
    }


def mixed(prepared: Mapping[str, Sequence[bytes]], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Requests without end: each kind in its share, each of its requests once before any comes again."""
    orders = {kind: chance.sample(range(len(requests)), len(requests)) for kind, requests in prepared.items()}
    turns = {kind: count() for kind in prepared}
    kinds, shares = list(SHARES), list(SHARES.values())
    while True:
        (kind,) = chance.choices(kinds, shares)
        order = orders[kind]
        yield kind, prepared[kind][order[next(turns[kind]) % len(order)]]
