"""policyqa serve as a person starts it: where it may listen, whom it believes, and what it never says."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from api.signing_in.access import COOKIE
from api.store import Store
from ingest.errors import PublicBindRefused, SettingsError
from ingest.settings import Settings, load_settings
from tests.conftest import copy_project
from tests.model_server import Refuse, ScriptedModel
from tests.oidc_provider import OidcProvider
from tests.ui.cli.test_app import POLICYQA, policyqa
from tests.ui.web.conftest import free_port, wait_until_answered
from ui.cli.binding import check_binding, is_loopback

NOW = datetime(2026, 11, 28, tzinfo=UTC)
EVERYWHERE = "0.0.0.0"  # noqa: S104 - that is what is tested
PAGE = "/departments/" + quote("区司法局")
TIGHT = '{"public": {"read": 3}}'


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path)


@contextmanager
def serving(project: Settings, log: Path, *options: str, **environment: str) -> Iterator[str]:
    """The command over ``project``, what it says in ``log``; yields its address on this machine."""
    port = free_port()
    with log.open("wb") as said:
        server = subprocess.Popen(
            [POLICYQA, "serve", "--port", str(port), *options],
            env=os.environ | folders(project) | environment,
            stdout=said,
            stderr=said,
        )
        try:
            yield wait_until_answered(server, port)
        finally:
            server.terminate()
            server.wait(30)


def folders(project: Settings) -> dict[str, str]:
    return {"POLICYQA_CORPUS_DIR": str(project.corpus_dir), "POLICYQA_DATA_DIR": str(project.data_dir)}


class TestPublicBind:
    def test_without_a_key_it_is_refused_with_one_line_that_names_the_remedy(self, project: Settings) -> None:
        run = policyqa("serve", "--host", EVERYWHERE, "--port", str(free_port()), project=project)
        assert (run.returncode, run.stderr.count("\n")) == (2, 1)
        assert EVERYWHERE in run.stderr
        assert "policyqa keys add" in run.stderr

    def test_without_a_store_it_is_refused(self, project: Settings) -> None:
        Path(project.store.removeprefix("sqlite:///")).write_bytes(b"no database" * 200)
        with pytest.raises(PublicBindRefused, match="读不了密钥"):
            check_binding(project, EVERYWHERE)
        assert not check_binding(project, "127.0.0.1")

    def test_a_revoked_key_is_one_that_was_made(self, project: Settings) -> None:
        with closing(Store(project.store)) as store:
            store.keys.add("唯一", "operator", "管理员", NOW)
            store.keys.revoke("唯一", "管理员", NOW)
        assert not check_binding(project, EVERYWHERE)

    def test_where_staff_sign_in_at_a_provider_nothing_is_open_even_without_a_key(self, project: Settings) -> None:
        provider = OidcProvider(issuer="https://sso.example.gov.cn")
        assert not check_binding(provider.settings(project), EVERYWHERE)

    def test_with_a_key_it_serves_and_counts_every_visitor_of_its_pages_apart(
        self, project: Settings, tmp_path: Path
    ) -> None:
        with closing(Store(project.store)) as store:
            store.keys.add("王运营", "operator", "管理员", NOW)
        with serving(project, tmp_path / "log", "--host", EVERYWHERE, POLICYQA_RATE_LIMITS=TIGHT) as url:
            one, other = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.2"}
            statuses = [httpx.get(url + PAGE, headers=one).status_code for _ in range(5)]
            assert (statuses[0], statuses[-1]) == (200, 503)
            assert "秒后再试" in httpx.get(url + PAGE, headers=one).text
            assert httpx.get(f"{url}/v1/notices", headers=one).status_code == 429
            assert httpx.get(url + PAGE, headers=other).status_code == 200
            assert httpx.get(f"{url}/v1/notices", headers=other).status_code == 200
            https = httpx.get(f"{url}/healthz", headers={"X-Forwarded-Proto": "https"})
            assert "Strict-Transport-Security" in https.headers
            assert head_of(url, 200_000).startswith("HTTP/1.1 400")


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        (EVERYWHERE, False),
        ("::", False),
        ("", False),
        ("192.0.2.1", False),
        ("policyqa.example", False),
    ],
)
def test_only_addresses_of_this_machine_are_local(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


@pytest.mark.parametrize(
    ("name", "value", "mentions"),
    [
        ("RATE_LIMITS", '{"agnet": {"read": 5}}', "rate_limits.agnet"),
        ("RATE_LIMITS", '{"agent": {"raed": 5}}', "rate_limits.agent.raed"),
        ("RATE_LIMITS", '{"unknown_key": 0}', "rate_limits.unknown_key"),
        ("TRUSTED_PROXIES", '["*"]', "trusted_proxies"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(
    name: str, value: str, mentions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"POLICYQA_{name}", value)
    with pytest.raises(SettingsError, match=re.escape(mentions)):
        load_settings()


def test_on_this_machine_it_serves_without_a_key_and_says_so(project: Settings) -> None:
    environment = os.environ | folders(project)
    command = [POLICYQA, "serve", "--port", str(free_port())]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        assert "keys add" in next(server.stderr)
        server.kill()


def test_no_secret_is_in_the_log_in_an_error_or_among_the_metrics(
    project: Settings, tmp_path: Path, model: ScriptedModel
) -> None:
    """Everything is wrong: the password of the store, the model's key, the caller's; and the log tells all it can."""
    password, model_key, caller_key = "geheim-store-4711", "sk-geheim-model-4712", "pq_geheim-caller-4713"
    model.script = [Refuse(401)]
    wrong = {
        "POLICYQA_STORE_URL": f"postgresql://policyqa:{password}@127.0.0.1:{free_port()}/policyqa",
        "POLICYQA_LLM_BASE_URL": f"{model.url}/v1",
        "POLICYQA_LLM_MODEL": "scripted",
        "POLICYQA_LLM_API_KEY": model_key,
        "POLICYQA_LOG_LEVEL": "DEBUG",
    }
    question, bearer = {"question": "境外投资备案找谁?"}, {"Authorization": f"Bearer {caller_key}"}
    with serving(project, tmp_path / "log", **wrong) as url:
        answers = [
            httpx.request(method, url + path, headers=sent, json=question if method == "POST" else None)
            for method, path in (
                ("POST", "/v1/ask"),
                ("GET", "/v1/session"),
                ("GET", "/v1/figures"),
                ("GET", "/nothing"),
            )
            for sent in (bearer, {"Cookie": f"{COOKIE}={caller_key}"})
        ]
        answers += [
            httpx.post(f"{url}/sign-in", data={"key": caller_key}),
            httpx.post(f"{url}/v1/ask", content=b"{", headers={"Content-Type": "application/json", **bearer}),
            httpx.get(f"{url}/metrics"),
            httpx.get(f"{url}/readyz"),
        ]
    assert model.keys, "the model was asked"
    assert {200, 400, 404, 503} <= {answer.status_code for answer in answers}
    said = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    assert "DEBUG" in said
    assert "工单库" in said, "the log tells of the store"
    for text in (said, *(f"{answer.headers}{answer.text}" for answer in answers)):
        assert not [secret for secret in (password, model_key, caller_key) if secret in text]


def head_of(url: str, length: int) -> str:
    """What comes back for a header of so many bytes."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ")
        with suppress(ConnectionError):
            connection.sendall(b"x" * length + b"\r\n\r\n")
        return connection.recv(4096).decode()
