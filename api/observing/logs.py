"""The log of the service: one JSON object a line, or plain lines; personal data is masked in both."""

import logging
import re
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from api.observing.tracing import trace_id
from ingest.settings import LogFormat
from rag.privacy import PrivateData, mask

QUIET = (
    *("httpx", "httpcore", "httpx2", "httpcore2", "authlib"),
    *("chromadb", "openai", "opentelemetry.exporter.otlp.proto.grpc.exporter"),
)
"""Libraries that talk about every request, or at every try of a collector that is away: they speak of errors only."""

_COLOURED = "color_message"
_OWN = frozenset({"time", "level", "logger", "trace_id", "method", "route"})
"""Made by the program: nothing in them is masked."""

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32,64}(?![0-9A-Za-z])")
_PLAIN = "%(asctime)s %(levelname)s %(name)s %(trace_id)s %(message)s"
_REMEMBERED = 512


def configure_logs(level: str, form: LogFormat) -> None:
    """Have everything that this process says on standard error go through one handler, warnings and crashes too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else MaskedLines(_PLAIN))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    threading.excepthook = _log_crash


def masked(text: str) -> str:
    """The text without personal data. Ids stay, and names in Latin letters: in a log they are names of code."""
    return "\n".join(map(_masked_line, text.split("\n")))


class JsonLines(JsonFormatter):
    """``time``, ``level``, ``logger``, ``message``, ``trace_id``, then what the record has besides."""

    def __init__(self) -> None:
        super().__init__(["message"], reserved_attrs=[*RESERVED_ATTRS, _COLOURED, "taskName"], json_ensure_ascii=False)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """In this order, each masked."""
        found: dict[str, Any] = {}
        super().add_fields(found, record, message_dict)
        log_data["time"] = _time(record)
        log_data |= {"level": record.levelname, "logger": record.name}
        log_data |= {"message": found.pop("message"), "trace_id": trace_id(), **found}
        log_data |= {name: _masked_value(value) for name, value in log_data.items() if name not in _OWN}


class MaskedLines(logging.Formatter):
    """Lines for people, masked."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and what went wrong below it."""
        record.trace_id = trace_id()
        return masked(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's own name
        """Local time with its zone."""
        return _time(record)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")


def _masked_value(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {masked(str(name)): _masked_value(each) for name, each in value.items()}
    return masked(str(value))


@lru_cache(maxsize=_REMEMBERED)
def _masked_line(line: str) -> str:
    identities = [found.span() for found in _IDENTITY.finditer(line)]

    def is_harmless(found: PrivateData) -> bool:
        if found.kind == "name" and line[found.start : found.end].isascii():
            return True
        return any(start <= found.start and found.end <= end for start, end in identities)

    return mask(line, is_harmless)


def _log_crash(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        name = crash.thread.name if crash.thread else ""
        logging.getLogger(__name__).error("thread %s ended", name, exc_info=crash.exc_value)
