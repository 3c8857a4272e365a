"""Who may do what: API keys with roles, on the real application."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from api.app import create_app
from api.contract import KeyRole, Role
from api.signing_in.access import COOKIE
from api.store import Store
from ingest.settings import Settings
from tests.api.test_errors import assert_error

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEY_ROLES: tuple[KeyRole, ...] = ("agent", "reviewer", "operator")
ROLES: tuple[Role, ...] = ("public", *KEY_ROLES)
NEEDED: dict[tuple[str, str], Role] = {
    ("POST", "/v1/ask"): "public",
    ("POST", "/v1/ask/stream"): "public",
    ("POST", "/v1/chat/completions"): "public",
    ("GET", "/v1/models"): "public",
    ("GET", "/v1/notices"): "public",
    ("GET", "/v1/notices/{notice}"): "public",
    ("GET", "/v1/notices/{notice}/changes"): "public",
    ("GET", "/v1/measures"): "public",
    ("GET", "/v1/measures/{notice}/{key}"): "public",
    ("GET", "/v1/departments"): "public",
    ("GET", "/v1/departments/{name}"): "public",
    ("POST", "/v1/feedback"): "public",
    ("GET", "/v1/session"): "public",
    ("GET", "/healthz"): "public",
    ("GET", "/readyz"): "public",
    ("GET", "/metrics"): "public",
    ("GET", "/v1/evaluation"): "agent",
    ("POST", "/v1/assist"): "agent",
    ("POST", "/v1/batches"): "agent",
    ("GET", "/v1/batches/{batch_id}"): "agent",
    ("GET", "/v1/batches/{batch_id}/answers"): "agent",
    ("GET", "/v1/candidates"): "reviewer",
    ("POST", "/v1/candidates/{candidate_id}"): "reviewer",
    ("POST", "/v1/notices/preview"): "operator",
    ("POST", "/v1/notices"): "operator",
    ("DELETE", "/v1/notices/{notice}"): "operator",
    ("GET", "/v1/figures"): "operator",
    ("GET", "/v1/digest"): "operator",
}
"""The decision on every endpoint."""
PROTECTED = [endpoint for endpoint, needed in NEEDED.items() if needed != "public"]
WITHOUT_STORE = [endpoint for endpoint in NEEDED if endpoint[1] not in ("/v1/feedback", "/v1/session")]
QUESTION = {"question": "境外投资备案找谁?"}
TICKET = {"text": "公司想去越南开分公司,境外投资备案找谁?"}
RIGHT = "hongkou-2025/M3"

Keys = dict[Role, str]


@pytest.fixture
def store(own_settings: Settings) -> Iterator[Store]:
    """The store of the hotline, opened beside it."""
    store = Store(own_settings.store)
    yield store
    store.close()


@pytest.fixture
def keys(store: Store) -> Keys:
    """A key of each role, named after it."""
    return {role: store.keys.add(f"{role}一号", role, "管理员", NOW) for role in KEY_ROLES}


@pytest.fixture(scope="module")
def staffed(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Keys]]:
    """The API with a key of each role, which no test changes."""
    own = settings.model_copy(update={"store_url": f"sqlite:///{tmp_path_factory.mktemp('staffed') / 'store.db'}"})
    with closing(Store(own.store)) as store, TestClient(create_app(own), raise_server_exceptions=False) as client:
        yield client, {role: store.keys.add(f"{role}一号", role, "管理员", NOW) for role in KEY_ROLES}


@pytest.fixture(scope="module")
def without_store(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The API with a database that cannot be read."""
    broken = tmp_path_factory.mktemp("broken") / "broken.db"
    broken.write_bytes(b"no database" * 200)
    app = create_app(settings.model_copy(update={"store_url": f"sqlite:///{broken}"}))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def bearer(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


LET_IN = (200, 404, 409, 422)
"""Done, no such id, another process is writing the index, nothing given to do."""


def call(client: TestClient, endpoint: tuple[str, str], **options: Any) -> Any:  # noqa: ANN401 - httpx or httpx2
    """Call an endpoint with ids that there may not be; whoever is let in gets one of LET_IN."""
    method, path = endpoint
    for part in ("notice", "key", "name", "batch_id", "candidate_id"):
        path = path.replace(f"{{{part}}}", "1")
    return client.request(method, path, **options)


def test_every_endpoint_has_a_role_decided_on(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == set(NEEDED)


@pytest.mark.parametrize(("endpoint", "needed"), NEEDED.items())
def test_an_endpoint_lets_in_its_role_and_those_above(
    staffed: tuple[TestClient, Keys], endpoint: tuple[str, str], needed: Role
) -> None:
    client, keys = staffed
    for role in ROLES:
        response = call(client, endpoint, headers=bearer(keys.get(role)))
        if ROLES.index(role) >= ROLES.index(needed):
            assert response.status_code in LET_IN, (role, response.text)
        elif role == "public":
            assert "登录" in assert_error(response, 401, "unauthorized")["message"]
            assert response.headers["WWW-Authenticate"] == "Bearer"
        else:
            assert f"{role}一号" in assert_error(response, 403, "forbidden")["message"]


@pytest.mark.parametrize("endpoint", NEEDED)
def test_a_service_that_never_had_a_key_is_open(client: TestClient, endpoint: tuple[str, str]) -> None:
    assert call(client, endpoint).status_code in LET_IN
    assert client.get("/v1/session").json() == {"role": "operator", "name": None, "open": True, "oidc": False}


class TestKey:
    @pytest.mark.parametrize("role", KEY_ROLES)
    def test_it_is_taken_from_the_header_or_the_cookie(self, hotline: TestClient, keys: Keys, role: Role) -> None:
        expected = {"role": role, "name": f"{role}一号", "open": False, "oidc": False}
        assert hotline.get("/v1/session", headers=bearer(keys[role])).json() == expected
        hotline.cookies.set(COOKIE, keys[role])
        assert hotline.get("/v1/session").json() == expected
        assert hotline.post("/v1/assist", json=TICKET).status_code == 200

    def test_the_header_goes_before_the_cookie(self, hotline: TestClient, keys: Keys) -> None:
        hotline.cookies.set(COOKIE, keys["operator"])
        assert hotline.get("/v1/session", headers=bearer(keys["agent"])).json()["role"] == "agent"

    def test_another_scheme_in_the_header_leaves_the_cookie_in_force(self, hotline: TestClient, keys: Keys) -> None:
        hotline.cookies.set(COOKIE, keys["agent"])
        response = hotline.get("/v1/session", headers={"Authorization": "Basic cHJveHk6cHJveHk="})
        assert response.json()["role"] == "agent"

    def test_without_one_the_caller_is_the_public(self, hotline: TestClient, keys: Keys) -> None:
        assert hotline.get("/v1/session").json() == {"role": "public", "name": None, "open": False, "oidc": False}

    @pytest.mark.parametrize(
        "changed", [lambda key: key[:-1], lambda key: f"{key}x", str.swapcase, lambda _: "万能钥匙"]
    )
    def test_one_that_is_unknown_is_refused_in_header_and_cookie(
        self, hotline: TestClient, keys: Keys, changed: Callable[[str], str]
    ) -> None:
        wrong = changed(keys["agent"]).encode()
        for headers in ({b"Authorization": b"Bearer " + wrong}, {b"Cookie": COOKIE.encode() + b"=" + wrong}):
            response = hotline.get("/v1/session", headers=headers)
            assert "作废" in assert_error(response, 401, "unauthorized")["message"]
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert wrong.decode() not in response.text

    def test_one_that_is_revoked_is_refused_at_once(self, hotline: TestClient, keys: Keys, store: Store) -> None:
        assert hotline.post("/v1/assist", json=TICKET, headers=bearer(keys["agent"])).status_code == 200
        store.keys.revoke("agent一号", "管理员", NOW)
        assert_error(hotline.post("/v1/assist", json=TICKET, headers=bearer(keys["agent"])), 401, "unauthorized")
        assert_error(hotline.get("/v1/session", headers=bearer(keys["agent"])), 401, "unauthorized")
        assert hotline.get("/v1/candidates", headers=bearer(keys["reviewer"])).status_code == 200

    def test_a_name_that_is_used_again_does_not_bring_the_revoked_one_back(
        self, hotline: TestClient, keys: Keys, store: Store
    ) -> None:
        store.keys.revoke("agent一号", "管理员", NOW)
        new = store.keys.add("agent一号", "agent", "管理员", NOW)
        assert hotline.get("/v1/session", headers=bearer(new)).status_code == 200
        assert_error(hotline.get("/v1/session", headers=bearer(keys["agent"])), 401, "unauthorized")

    @pytest.mark.parametrize("endpoint", PROTECTED)
    def test_revoking_the_last_one_does_not_open_the_service(
        self, hotline: TestClient, store: Store, endpoint: tuple[str, str]
    ) -> None:
        store.keys.add("唯一", "operator", "管理员", NOW)
        store.keys.revoke("唯一", "管理员", NOW)
        assert_error(call(hotline, endpoint), 401, "unauthorized")
        assert hotline.get("/v1/session").json() == {"role": "public", "name": None, "open": False, "oidc": False}

    def test_one_made_by_another_process_counts_at_once(self, hotline: TestClient, own_settings: Settings) -> None:
        assert hotline.get("/v1/figures").status_code == 200
        command = [str(Path(sys.executable).with_name("policyqa")), "keys", "add", "王运营", "--role", "operator"]
        environment = {"POLICYQA_STORE_URL": own_settings.store, "LANG": "C.UTF-8"}
        made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert_error(hotline.get("/v1/figures"), 401, "unauthorized")
        assert hotline.get("/v1/figures", headers=bearer(made.stdout.split()[0])).status_code == 200


class TestName:
    def test_a_decision_is_recorded_under_the_name_of_the_key(
        self, hotline: TestClient, keys: Keys, store: Store
    ) -> None:
        agent, reviewer = bearer(keys["agent"]), bearer(keys["reviewer"])
        trace_id = hotline.post("/v1/assist", json=TICKET, headers=agent).json()["trace_id"]
        said = {"trace_id": trace_id, "verdict": "wrong_measure", "correct_sources": [RIGHT]}
        hotline.post("/v1/feedback", json=said, headers=agent)
        candidate = hotline.get("/v1/candidates", headers=reviewer).json()["items"][0]
        assert candidate["proposed_by"] == "agent一号"
        word = {"decision": "reject", "who": "别人的名字"}
        decided = hotline.post(f"/v1/candidates/{candidate['id']}", json=word, headers=reviewer).json()
        assert decided["reviewed_by"] == "reviewer一号"
        assert [entry.who for entry in store.review.audit(2)] == ["reviewer一号", "agent一号"]

    def test_without_a_key_it_is_a_user_who_asked_and_an_agent_who_had_a_ticket(
        self, hotline: TestClient, store: Store
    ) -> None:
        for path, body in (("/v1/ask", QUESTION), ("/v1/assist", TICKET)):
            trace_id = hotline.post(path, json=body).json()["trace_id"]
            hotline.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"})
        assert [entry.who for entry in store.review.audit(2)] == ["坐席", "用户"]

    def test_feedback_stays_public_but_not_under_a_key_that_is_not_in_force(
        self, hotline: TestClient, keys: Keys, store: Store
    ) -> None:
        trace_id = hotline.post("/v1/ask", json=QUESTION).json()["trace_id"]
        said = {"trace_id": trace_id, "verdict": "helpful"}
        assert hotline.post("/v1/feedback", json=said).status_code == 202
        store.keys.revoke("agent一号", "管理员", NOW)
        refused = hotline.post("/v1/feedback", json=said, headers=bearer(keys["agent"]))
        assert_error(refused, 401, "unauthorized")


class TestWithoutStore:
    @pytest.mark.parametrize("endpoint", WITHOUT_STORE)
    def test_what_needs_a_role_is_closed_and_what_is_public_goes_on(
        self, without_store: TestClient, endpoint: tuple[str, str]
    ) -> None:
        response = call(without_store, endpoint, headers=bearer("pq_any"))
        if endpoint in PROTECTED:
            assert_error(response, 503, "store_unavailable")
        else:
            assert response.status_code in LET_IN

    def test_nobody_is_said_to_be_let_in(self, without_store: TestClient) -> None:
        assert_error(without_store.get("/v1/session"), 503, "store_unavailable")

    def test_questions_are_answered_whatever_key_is_sent(self, without_store: TestClient) -> None:
        assert without_store.post("/v1/ask", json=QUESTION, headers=bearer("pq_any")).status_code == 200


def test_a_store_that_goes_down_leaves_those_at_work_who_were_known(
    hotline: TestClient, keys: Keys, own_settings: Settings
) -> None:
    assert hotline.post("/v1/assist", json=TICKET, headers=bearer(keys["agent"])).status_code == 200
    with sqlite3.connect(make_url(own_settings.store).database or "") as database:
        database.execute("DROP TABLE api_keys")
    assert hotline.post("/v1/assist", json=TICKET, headers=bearer(keys["agent"])).status_code == 200
    assert_error(hotline.post("/v1/assist", json=TICKET, headers=bearer("pq_unknown")), 401, "unauthorized")
    assert_error(hotline.post("/v1/assist", json=TICKET), 401, "unauthorized")
