"""Lines of the log: one object each, and no personal data in any text."""

import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from api.observing.logs import JsonLines, MaskedLines, masked
from rag.request_id import working_under

PHONE, ID_NUMBER = "13812345678", "310101199003077417"
Write = Callable[[], Any]


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(said: io.StringIO) -> logging.Logger:
    logger = logging.Logger("test", logging.DEBUG)
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    return logger


def lines(said: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_message_and_exception_are_masked(logger: logging.Logger, said: io.StringIO) -> None:
    try:
        raise ValueError(f"我叫王建国,身份证{ID_NUMBER}\n第二行 电话{PHONE}")
    except ValueError:
        logger.exception("来电人%s,电话%s", "陈国梁", PHONE)
    (line,) = lines(said)
    assert not [secret for secret in (PHONE, ID_NUMBER, "王建国", "陈国梁") if secret in said.getvalue()]
    assert "〔手机号〕" in line["message"]
    assert "ValueError: " in line["exc_info"]
    assert "test_logs.py" in line["exc_info"]


def test_further_fields_are_masked_numbers_stay_numbers_and_colours_are_left_out(
    logger: logging.Logger, said: io.StringIO
) -> None:
    fields = {"caller": PHONE, "ms": 1.5, "of": {"tel": PHONE}, "role": None, "color_message": "\x1b[36m"}
    logger.info("done", extra=fields)
    (line,) = lines(said)
    assert PHONE not in said.getvalue()
    assert (line["ms"], line["role"]) == (1.5, None)
    assert "color_message" not in line


def test_a_line_bears_the_id_of_the_request(logger: logging.Logger, said: io.StringIO) -> None:
    with working_under("request-7"):
        logger.info("inside")
    logger.info("outside")
    assert [line["trace_id"] for line in lines(said)] == ["request-7", "-"]


def test_line_breaks_in_a_message_make_no_second_line(logger: logging.Logger, said: io.StringIO) -> None:
    logger.warning('a\n{"level": "forged"}\r\n\u2028b')
    assert said.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked",
        "ask 7e9d138123456780abcdef1234567890 not kept",
        '  File "/opt/policyqa/site-packages/starlette/routing.py", line 1234, in app',
        "Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)",
    ],
)
def test_what_an_operator_needs_to_read_stays(text: str) -> None:
    assert masked(text) == text


def test_plain_lines_are_masked_too(said: io.StringIO) -> None:
    record = logging.LogRecord("test", logging.INFO, "", 0, "电话%s", (PHONE,), None)
    line = MaskedLines("%(asctime)s %(levelname)s %(trace_id)s %(message)s").format(record)
    assert line.endswith("INFO - 电话〔手机号〕")
