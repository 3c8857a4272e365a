"""How often a caller may call, on the real application and on the counter with a clock of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.contract import Role
from api.contract.session import ROLES
from api.guards.limits import CallerLimits, neighbourhood
from api.signing_in.access import COOKIE
from api.store import Store
from ingest.errors import TooManyRequests
from ingest.settings import RateLimits, RoleLimits, Settings
from tests.api.test_errors import assert_error

NOW = datetime(2026, 11, 28, tzinfo=UTC)
QUESTION = {"question": "你好"}
TIGHT = RateLimits(
    public=RoleLimits(read=3, write=2), agent=RoleLimits(read=6, write=4), operator=RoleLimits(read=9), unknown_key=2
)

From = Callable[[str], TestClient]


@pytest.fixture
def keys(own_settings: Settings) -> dict[str, str]:
    """Two agents, an operator and a known public client."""
    people: dict[str, Role] = {"甲": "agent", "乙": "agent", "丙": "operator", "园区网站": "public"}
    with closing(Store(own_settings.store)) as store:
        return {name: store.keys.add(name, role, "管理员", NOW) for name, role in people.items()}


@pytest.fixture
def calling_from(own_settings: Settings, keys: dict[str, str]) -> Iterator[From]:
    """One service with tight limits, called from any address."""
    app = create_app(own_settings.model_copy(update={"rate_limits": TIGHT}))
    with ExitStack() as stack:
        yield lambda address: stack.enter_context(TestClient(app, client=(address, 50000)))


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def read(client: TestClient, **options: Any) -> Any:  # noqa: ANN401 - httpx or httpx2
    return client.get("/v1/notices", **options)


def write(client: TestClient, **options: Any) -> Any:  # noqa: ANN401 - httpx or httpx2
    return client.post("/v1/ask", json=QUESTION, **options)


def assert_allowance(call: Callable[[], Any], allowed: int) -> Any:  # noqa: ANN401 - httpx or httpx2
    """``allowed`` calls are answered and then no more; where a minute begins in between, one more may pass."""
    assert [call().status_code for _ in range(allowed)] == [200] * allowed
    return next(response for response in (call(), call()) if response.status_code == 429)


def test_who_calls_too_often_is_told_when_to_call_again(calling_from: From) -> None:
    client = calling_from("10.0.0.1")
    refused = assert_allowance(lambda: write(client), 2)
    error = assert_error(refused, 429, "too_many_requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert f"{refused.headers['Retry-After']} 秒后" in error["message"]


def test_reading_and_writing_are_counted_apart(calling_from: From) -> None:
    client = calling_from("10.0.0.1")
    assert_allowance(lambda: write(client), 2)
    assert_allowance(lambda: read(client), 3)


def test_addresses_without_a_key_are_counted_apart(calling_from: From) -> None:
    first, second = calling_from("10.0.0.1"), calling_from("10.0.0.2")
    assert_allowance(lambda: read(first), 3)
    assert read(second).status_code == 200


def test_every_key_has_its_own_count_wherever_it_calls_from(calling_from: From, keys: dict[str, str]) -> None:
    here, there = calling_from("10.0.0.1"), calling_from("10.0.0.2")
    assert_allowance(lambda: read(here), 3)
    places = iter([here, there] * 4)
    assert_allowance(lambda: read(next(places), headers=bearer(keys["甲"])), 6)
    assert read(here, headers=bearer(keys["乙"])).status_code == 200
    assert_allowance(lambda: read(here, headers=bearer(keys["丙"])), 9)


def test_the_cookie_counts_as_the_key(calling_from: From, keys: dict[str, str]) -> None:
    client = calling_from("10.0.0.1")
    client.cookies.set(COOKIE, keys["甲"])
    assert_allowance(lambda: read(client), 6)


def test_a_known_public_client_has_the_rights_of_the_public_and_a_count_of_its_own(
    calling_from: From, keys: dict[str, str]
) -> None:
    client, known = calling_from("10.0.0.1"), bearer(keys["园区网站"])
    assert_allowance(lambda: read(client), 3)
    assert client.get("/v1/session", headers=known).json() == {
        "role": "public",
        "name": "园区网站",
        "open": False,
        "oidc": False,
    }
    refused = client.post("/v1/assist", json={"text": "找谁?"}, headers=known)
    assert "园区网站" in assert_error(refused, 403, "forbidden")["message"]


def test_trying_keys_is_stopped_and_does_not_stop_those_who_have_one(calling_from: From, keys: dict[str, str]) -> None:
    client = calling_from("10.0.0.1")
    tried = [client.get("/v1/session", headers=bearer(f"pq_{guess}")) for guess in range(4)]
    assert [response.status_code for response in tried[:2]] == [401, 401]
    assert_error(tried[-1], 429, "too_many_requests")
    assert client.get("/v1/session", headers=bearer(keys["甲"])).status_code == 200


def test_a_key_that_is_not_in_force_gives_no_allowance(calling_from: From) -> None:
    client = calling_from("10.0.0.1")
    guesses = iter(range(9))
    assert_allowance(lambda: read(client, headers=bearer(f"pq_{next(guesses)}")), 3)


def test_addresses_that_are_not_there_are_counted_too(calling_from: From) -> None:
    client = calling_from("10.0.0.1")
    assert [client.get(f"/v1/{name}").status_code for name in "abcde"][-1] == 429


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_call_as_often_as_they_like(calling_from: From, path: str) -> None:
    client = calling_from("10.0.0.1")
    assert {client.get(path).status_code for _ in range(12)} == {200}


def test_a_service_that_never_had_a_key_is_not_limited(own_settings: Settings) -> None:
    with TestClient(create_app(own_settings.model_copy(update={"rate_limits": TIGHT}))) as client:
        assert {read(client).status_code for _ in range(12)} == {200}


def test_the_limits_are_in_the_openapi_document(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    responses = document["paths"]["/v1/ask"]["post"]["responses"]
    assert responses["429"]["headers"]["Retry-After"]["schema"] == {"type": "integer", "minimum": 1}
    assert "security" not in document["paths"]["/v1/ask"]["post"]


class TestCounter:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """The time of day, to be set."""
        clock = [time.time() // 60 * 60 + 10.0]
        monkeypatch.setattr(time, "time", lambda: clock[0])
        return clock

    @staticmethod
    def use_up(limits: CallerLimits) -> int:
        """Call until it is refused; how long to wait then."""
        while True:
            try:
                limits.count("public", None, "10.0.0.1", reads=True)
            except TooManyRequests as refused:
                return refused.retry_after_s

    @pytest.mark.parametrize("allowed", [1, 7, 600])
    def test_who_waits_as_told_is_let_in(self, clock: list[float], allowed: int) -> None:
        limits = CallerLimits(RateLimits(public=RoleLimits(read=allowed)))
        for _ in range(5):
            clock[0] += self.use_up(limits)
            limits.count("public", None, "10.0.0.1", reads=True)

    def test_a_clock_that_is_set_back_locks_nobody_out(self, clock: list[float]) -> None:
        limits = CallerLimits(TIGHT)
        self.use_up(limits)
        clock[0] -= 3600
        limits.count("public", None, "10.0.0.1", reads=True)

    @pytest.mark.parametrize("role", ROLES)
    def test_what_is_not_set_is_as_the_product_comes(self, clock: list[float], role: Role) -> None:
        limits = CallerLimits(RateLimits())
        for _ in range(240):
            limits.count(role, "某人", "10.0.0.1", reads=False)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "::ffff:10.0.0.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("unknown", "' OR 1=1", True),
    ],
)
def test_a_home_counts_once_whichever_of_its_addresses_calls(one: str, other: str, is_same: bool) -> None:
    assert (neighbourhood(one) == neighbourhood(other)) is is_same
