"""The store locked, its disk full or read-only, the process killed: answers go on, and nothing confirmed is lost."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.store import Store, engine
from ingest.settings import Settings
from tests.ingest.disk import SmallDisk, small_disk
from tests.ui.web.conftest import free_port, wait_until_answered

POLICYQA = str(Path(sys.executable).with_name("policyqa"))
QUESTION = {"question": "我们公司想去越南设厂,ODI备案找哪个部门?"}
TICKET = {"text": "来电人反映公司想去越南设厂,询问境外投资备案找哪个部门。", "ticket_id": "HK-1"}
LOCKING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


def asked(client: TestClient) -> str:
    """The trace id of an answer."""
    response = client.post("/v1/ask", json=QUESTION)
    assert (response.status_code, response.json()["status"]) == (200, "answered")
    return str(response.json()["trace_id"])


def told(client: TestClient, trace_id: str) -> tuple[int, str]:
    """What becomes of feedback: status, and code of the error if there is one."""
    response = client.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"})
    return response.status_code, response.json()["error"]["code"] if response.content else ""


def handled(client: TestClient) -> int:
    return client.post("/v1/assist", json=TICKET).status_code


def decided(store_url: str) -> int:
    """How many decisions are kept, as a program sees it that comes later."""
    with closing(Store(store_url)) as store:
        return sum(entry.what.startswith("feedback") for entry in store.review.audit())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process is in the middle of writing."""
    command = [sys.executable, "-c", LOCKING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            process.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is waited for a moment rather than for ten seconds."""
    pragmas = [each for each in engine._PRAGMAS if "busy_timeout" not in each]
    monkeypatch.setattr(engine, "_PRAGMAS", (*pragmas, "busy_timeout=200"))


def test_with_the_store_locked_answers_go_on_and_feedback_is_taken_again_afterwards(
    impatient: None, own_settings: Settings, tmp_path: Path
) -> None:
    with TestClient(create_app(own_settings)) as client:
        trace_id = asked(client)
        assert told(client, trace_id) == (202, "")
        with locked(tmp_path / "store.db"):
            asked(client)
            assert handled(client) == 200
            assert told(client, trace_id) == (503, "store_unavailable")
            assert "磁盘空间" in client.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"}).text
        assert told(client, trace_id) == (202, "")
        assert told(client, asked(client)) == (202, "")
    assert decided(own_settings.store) == 3


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def on_disk(settings: Settings, disk: SmallDisk) -> Settings:
    return settings.model_copy(update={"store_url": f"sqlite:///{disk.path / 'store.db'}"})


def test_on_a_full_disk_answers_go_on_and_what_was_confirmed_is_kept(on_disk: Settings, disk: SmallDisk) -> None:
    with TestClient(create_app(on_disk)) as client:
        trace_id = asked(client)
        assert told(client, trace_id) == (202, "")
        disk.fill()
        refused, confirmed = 0, 1
        while not refused:
            # The pages that the database has already are used up first.
            asked(client)
            status, code = told(client, trace_id)
            assert (status, code) in ((202, ""), (503, "store_unavailable"))
            refused, confirmed = refused + (status == 503), confirmed + (status == 202)
        assert handled(client) == 200
        disk.make_room()
        assert told(client, asked(client)) == (202, "")
    assert decided(on_disk.store) == confirmed + 1


def test_on_a_read_only_disk_questions_are_answered_and_nobody_is_let_in(on_disk: Settings, disk: SmallDisk) -> None:
    with closing(Store(on_disk.store)):
        pass
    disk.remount("ro")
    with TestClient(create_app(on_disk)) as client:
        trace_id = asked(client)
        assert told(client, trace_id) == (503, "store_unavailable")
        assert handled(client) == 503
        disk.remount("rw")
        assert told(client, asked(client)) == (202, "")
        assert handled(client) == 200


@pytest.fixture
def killed(own_settings: Settings, tmp_path: Path) -> Callable[[Callable[[str], None]], None]:
    """Lets a real server be used, and kills it the moment the last answer has come."""
    port = free_port()
    environment = {
        "POLICYQA_CORPUS_DIR": str(own_settings.corpus_dir),
        "POLICYQA_DATA_DIR": str(own_settings.data_dir),
        "POLICYQA_STORE_URL": own_settings.store,
    }

    def run(use: Callable[[str], None]) -> None:
        command = [POLICYQA, "serve", "--port", str(port)]
        with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL) as server:
            try:
                use(wait_until_answered(server, port))
            finally:
                server.kill()

    return run


def test_feedback_and_tickets_that_were_confirmed_survive_a_kill(
    killed: Callable[[Callable[[str], None]], None], own_settings: Settings
) -> None:
    kept: list[str] = []

    def use(url: str) -> None:
        for _ in range(3):
            trace_id = httpx.post(f"{url}/v1/ask", json=QUESTION).json()["trace_id"]
            said = httpx.post(f"{url}/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"})
            assert said.status_code == 202
            kept.append(trace_id)
        kept.append(httpx.post(f"{url}/v1/assist", json=TICKET).json()["trace_id"])
        # Nobody was told that this one is kept: it may be lost with the process.
        httpx.post(f"{url}/v1/ask", json=QUESTION)

    killed(use)
    with closing(Store(own_settings.store)) as store:
        assert [store.exchanges.find(trace_id).status for trace_id in kept] == ["answered"] * 4
        assert {entry.subject for entry in store.review.audit()} == set(kept[:3])
    with TestClient(create_app(own_settings)) as client:
        assert told(client, kept[0]) == (202, "")
