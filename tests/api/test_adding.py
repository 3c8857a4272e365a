"""Operators add and remove notices over HTTP, while others ask."""

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.store import Store
from ingest.index.indexing import ingest_lock
from ingest.settings import Settings
from tests.ingest.uploads import DOUBTFUL_KEY, GUESSED_ID, ODD_LINE, RIGHT, TEXT

QUESTION = "青浦区的公司想建公共海外仓,由哪个部门负责?"
CORRECTIONS = json.dumps({"sources": {DOUBTFUL_KEY: {"responsible": RIGHT}}}, ensure_ascii=False)


@pytest.fixture
def client(own_project: Settings) -> Iterator[TestClient]:
    """The API over a corpus that may be changed."""
    with TestClient(create_app(own_project), raise_server_exceptions=False) as client:
        yield client


def send(client: TestClient, path: str = "", content: bytes = TEXT.encode(), **form: Any) -> Any:  # noqa: ANN401 - JSON
    response = client.post(f"/v1/notices{path}", files={"file": ("青浦.txt", content)}, data=form)
    return response.status_code, response.json()


def oddities(client: TestClient) -> list[str]:
    _, found = send(client, "/preview")
    return [each["message"] for each in found["oddities"]]


def asked(client: TestClient) -> Any:  # noqa: ANN401 - JSON
    return client.post("/v1/ask", json={"question": QUESTION}).json()


def test_a_preview_tells_what_was_understood_and_changes_nothing(client: TestClient) -> None:
    status, found = send(client, "/preview")
    assert status == 200
    assert (found["id"], found["outcome"], found["region"], found["year"]) == (GUESSED_ID, "new", "上海市青浦区", 2026)
    assert [each["key"] for each in found["measures"] if each["doubtful"]] == [DOUBTFUL_KEY]
    (odd,) = found["oddities"]
    assert odd["line"] == ODD_LINE
    lines = {line["number"]: line["text"] for line in found["lines"]}
    assert lines[ODD_LINE] == "2.培育海外仓企业"
    assert client.get("/v1/notices").json()["total"] == 1


def test_a_corrected_notice_is_published_asked_about_and_removed(client: TestClient) -> None:
    status, added = send(client, corrections=CORRECTIONS, accept=oddities(client))
    assert status == 201
    assert (added["id"], added["outcome"], added["measures"]) == (GUESSED_ID, "new", 3)
    assert added["created"] > 0
    answer = settled(client, GUESSED_ID, is_there=True)
    assert answer["citations"][0]["id"] == f"{GUESSED_ID}/{DOUBTFUL_KEY}"
    assert answer["citations"][0]["responsible"] == list(RIGHT)
    assert send(client, "/preview")[1]["outcome"] == "unchanged"

    removed = client.delete(f"/v1/notices/{GUESSED_ID}")
    assert (removed.status_code, removed.json()["outcome"]) == (200, "removed")
    assert removed.json()["deleted"] == added["created"]
    assert GUESSED_ID not in json.dumps(settled(client, GUESSED_ID, is_there=False))


def settled(client: TestClient, notice_id: str, *, is_there: bool) -> Any:  # noqa: ANN401 - JSON
    """The answer once the new index is in use."""
    for _ in range(100):
        if any(each["id"] == notice_id for each in client.get("/v1/notices").json()["items"]) == is_there:
            return asked(client)
        time.sleep(0.1)
    raise AssertionError(notice_id)


def test_an_update_says_what_changes(client: TestClient) -> None:
    send(client, accept=oddities(client))
    other = TEXT.replace("3.组织出海培训\n每季度组织数字贸易出海培训。", "3.设立专项资金\n设立专项资金奖励企业。")
    _, found = send(client, "/preview", other.encode())
    assert (found["outcome"], found["added"], found["dropped"]) == ("update", ["M3"], ["M3"])


def test_oddities_must_be_accepted(client: TestClient) -> None:
    status, body = send(client)
    assert (status, body["error"]["code"]) == (422, "unaccepted_oddity")
    assert f"第{ODD_LINE}行" in body["error"]["message"]
    assert client.get("/v1/notices").json()["total"] == 1


@pytest.mark.parametrize(
    ("content", "form", "code"),
    [
        (b"MZ\x00\x01\x02", {}, "document_refused"),
        (b"", {}, "bad_corpus"),
        ("只有一句话。".encode(), {}, "notice_unreadable"),
        (TEXT.encode(), {"id": "../evil"}, "bad_notice_id"),
        (TEXT.encode(), {"corrections": "{"}, "bad_correction"),
        (TEXT.encode(), {"corrections": '{"sources": {"M1": {"leed": []}}}'}, "bad_correction"),
        (TEXT.encode(), {"corrections": '{"sources": {"M1": {"lead": ["区文旅局"]}}}'}, "bad_correction"),
        (TEXT.encode(), {"corrections": '{"sources": {"M99": {"title": "无"}}}'}, "bad_correction"),
    ],
)
def test_what_is_refused_is_refused_with_the_reason(
    client: TestClient, content: bytes, form: dict[str, str], code: str
) -> None:
    for path in ("/preview", ""):
        status, body = send(client, path, content, **form)
        assert (status, body["error"]["code"]) == (422, code)
        assert tempfile.gettempdir() not in body["error"]["message"]


def test_without_region_a_preview_has_no_id_yet(client: TestClient) -> None:
    content = TEXT.replace("上海市青浦区", "").replace("青浦区", "").encode()
    assert send(client, "/preview", content)[1]["id"] == ""
    assert send(client, "", content)[1]["error"]["code"] == "bad_notice_id"


def test_a_file_of_more_than_20_mb_is_too_large(client: TestClient) -> None:
    for size in (20 * 1024 * 1024 + 1, 22 * 1024 * 1024):
        status, body = send(client, "/preview", b"a" * size)
        assert (status, body["error"]["code"]) == (413, "body_too_large")


def test_while_an_ingest_runs_the_service_says_so(client: TestClient, own_project: Settings) -> None:
    with ingest_lock(own_project):
        status, body = send(client, accept=oddities(client))
        assert (status, body["error"]["code"]) == (409, "ingest_busy")
        assert client.delete("/v1/notices/hongkou-2025").status_code == 409


def test_an_unknown_notice_cannot_be_removed(client: TestClient) -> None:
    response = client.delete("/v1/notices/pudong-2025")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_notice")


def test_questions_are_answered_while_a_notice_is_being_added(client: TestClient) -> None:
    accepted, outcome = oddities(client), []
    adding = threading.Thread(target=lambda: outcome.append(send(client, accept=accepted)[0]))
    adding.start()
    answers = 0
    while adding.is_alive():
        response = client.post("/v1/ask", json={"question": "公司境外投资备案找哪个部门?"})
        assert response.json()["citations"][0]["id"] == "hongkou-2025/M12"
        answers += 1
    assert outcome == [201]
    assert answers > 1


def test_only_operators_may(client: TestClient, own_project: Settings) -> None:
    with closing(Store(own_project.store)) as store:
        keys = {role: store.keys.add(role, role, "管理员", datetime.now(UTC)) for role in ("reviewer", "operator")}
    for key, status in ((None, 401), (keys["reviewer"], 403), (keys["operator"], 200)):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        sent = client.post("/v1/notices/preview", files={"file": ("a.txt", TEXT.encode())}, headers=headers)
        assert sent.status_code == status
        if key != keys["operator"]:
            assert client.post("/v1/notices", files={"file": ("a.txt", b"x")}, headers=headers).status_code == status
            assert client.delete("/v1/notices/hongkou-2025", headers=headers).status_code == status
