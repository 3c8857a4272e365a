"""The shape in which every error leaves."""

from typing import Any

from pydantic import BaseModel


class ErrorInfo(BaseModel):
    """What went wrong, in words for people (``message``) and for programs (``code``, ``detail``)."""

    code: str
    message: str
    detail: Any = None
    trace_id: str


class ErrorBody(BaseModel):
    """The one shape of every error."""

    error: ErrorInfo
