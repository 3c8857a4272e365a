"""The clock of the machine jumps: nobody is locked out for longer than the jump says, and order stays as it was."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from api.signing_in.staff import SESSION_S, Staff, StaffSessions
from api.store import Store
from tests.api.store.test_store import NOW, TICKET, wrong

HOUR_S = 3600.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, to be set."""
    clock = [time.time()]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    return clock


@pytest.fixture
def workbench() -> TestClient:
    """Signs in under /in, and says under / who is signed in."""
    app, sessions = FastAPI(), StaffSessions("secret" * 8)

    @app.get("/in")
    def sign_in(request: Request, response: Response) -> None:
        sessions.begin(request, response, Staff("王审核", "reviewer"))

    @app.get("/")
    def who(request: Request) -> str:
        staff = sessions.find(request)
        return staff.name if staff else ""

    return TestClient(app)


def test_a_session_ends_with_the_working_day_of_the_clock(workbench: TestClient, clock: list[float]) -> None:
    workbench.get("/in")
    clock[0] += SESSION_S - 60
    assert workbench.get("/").json() == "王审核"
    clock[0] += 120
    assert workbench.get("/").json() == ""
    workbench.get("/in")
    assert workbench.get("/").json() == "王审核"


def test_a_session_from_the_future_is_not_believed_and_who_signs_in_again_goes_on(
    workbench: TestClient, clock: list[float]
) -> None:
    workbench.get("/in")
    clock[0] -= HOUR_S
    assert workbench.get("/").json() == ""
    workbench.get("/in")
    assert workbench.get("/").json() == "王审核"


def test_of_two_decisions_the_later_one_counts_though_the_clock_was_set_back_between_them(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'store.db'}")) as store:
        store.exchanges.record(TICKET)
        store.review.decide(wrong(), [])
        store.review.decide(replace(wrong(), at=NOW - timedelta(hours=1), verdict="helpful"), [])
        assert store.exchanges.outcomes(["t1"]) == {"t1": ("HK-1", "helpful")}
        assert [entry.what for entry in store.review.audit()] == ["feedback helpful", "feedback wrong_measure"]
