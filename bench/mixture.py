"""Mixed real requests: mostly questions, some of them in conversations or streamed, tickets, and the catalogue."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from urllib.parse import quote

from bench.wire import Response, request
from eval.dataset import EVAL_DIR, SETS_DIR, TRAINING_DIR, load_items
from eval.hotline import TICKETS_DIR, rows

CONVERSATIONS = EVAL_DIR / "requests"
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
    items = load_items(SETS_DIR)
    # So many that what a server remembers of earlier ones seldom helps.
    questions = [{"question": item.question} for item in (*items, *load_items(TRAINING_DIR))]
    talks = [row for row in rows(CONVERSATIONS) if row["history"]]
    offices = sorted({name for item in items for name in item.lead})
    return {
        "ask": [request("POST", "/v1/ask", body) for body in questions],
        "ask with history": [
            request("POST", "/v1/ask", {"question": row["question"], "history": row["history"]}) for row in talks
        ],
        "ask/stream": [request("POST", "/v1/ask/stream", body) for body in questions],
        "measures": [request("GET", f"/v1/measures?q={quote(name[1:])}") for name in offices],
        "assist": [request("POST", "/v1/assist", {"text": row["text"]}) for row in rows(TICKETS_DIR)],
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
