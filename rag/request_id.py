"""The id under which work is done, wherever it goes on: of the request being served, or of the batch."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-ID"
_current: ContextVar[str] = ContextVar("request_id", default="-")


def request_id() -> str:
    """The id; "-" outside of any request."""
    return _current.get()


@contextmanager
def working_under(identity: str) -> Iterator[None]:
    """What is done inside is done under that id."""
    token = _current.set(identity)
    try:
        yield
    finally:
        _current.reset(token)
