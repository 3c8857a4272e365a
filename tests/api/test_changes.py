"""Two years of one series over HTTP: what changed, what superseded what, and what is in force."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings
from tests.ingest.years import NEWER, OLDER


@pytest.fixture(scope="module")
def years(two_years: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(two_years), raise_server_exceptions=False) as client:
        yield client


def get(client: TestClient, path: str) -> Any:  # noqa: ANN401 - JSON
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


def ids(listed: dict[str, Any]) -> list[str]:
    assert listed["total"] == len(listed["items"])
    return [item["id"] for item in listed["items"]]


def test_what_was_added_dropped_and_changed_since_the_superseded_notice(years: TestClient) -> None:
    changes = get(years, f"/v1/notices/{NEWER}/changes")
    assert (changes["older"]["id"], changes["newer"]["id"]) == (OLDER, NEWER)
    assert [source["id"] for source in changes["added"]] == [f"{NEWER}/M1"]
    assert [source["id"] for source in changes["dropped"]] == [f"{OLDER}/M4"]
    assert [(each["older"]["id"], each["newer"]["id"], each["fields"]) for each in changes["changed"]] == [
        (f"{OLDER}/M1", f"{NEWER}/M2", ["number"]),
        (f"{OLDER}/M2", f"{NEWER}/M3", ["number", "text", "cooperating"]),
        (f"{OLDER}/M3", f"{NEWER}/M4", ["number", "lead"]),
    ]
    assert changes["unchanged"] == 1


def test_any_two_notices_can_be_compared_either_way(years: TestClient) -> None:
    back = get(years, f"/v1/notices/{OLDER}/changes?since={NEWER}")
    assert [source["title"] for source in back["added"]] == ["会展服务"]
    assert [source["title"] for source in back["dropped"]] == ["数据服务"]


def test_without_an_older_notice_there_is_nothing_to_compare_with_and_the_remedy_is_said(
    years: TestClient, client: TestClient
) -> None:
    for api, notice in ((years, OLDER), (client, "hongkou-2025")):
        response = api.get(f"/v1/notices/{notice}/changes")
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"
        assert "since" in response.json()["error"]["message"]
    assert years.get(f"/v1/notices/{NEWER}/changes?since=test-1999").status_code == 404
    assert years.get("/v1/notices/test-1999/changes").status_code == 404


def test_notices_say_what_they_supersede_and_what_supersedes_them(years: TestClient, client: TestClient) -> None:
    found = {item["id"]: (item["supersedes"], item["superseded_by"]) for item in get(years, "/v1/notices")["items"]}
    assert found == {OLDER: (None, NEWER), NEWER: (OLDER, None)}
    alone = get(client, "/v1/notices/hongkou-2025")
    assert (alone["supersedes"], alone["superseded_by"]) == (None, None)


def test_lists_hold_what_is_in_force_unless_they_are_asked_for_more(years: TestClient) -> None:
    newer, older = ([f"{notice}/{key}" for key in ("M1", "M2", "M3", "M4", "A1")] for notice in (NEWER, OLDER))
    assert ids(get(years, "/v1/measures")) == newer
    assert ids(get(years, "/v1/measures?in_force=true")) == newer
    assert ids(get(years, "/v1/measures?in_force=false")) == older
    assert ids(get(years, f"/v1/measures?notice={OLDER}")) == older
    assert ids(get(years, f"/v1/measures?notice={OLDER}&in_force=true")) == []


def test_a_department_leads_what_it_leads_now(years: TestClient) -> None:
    department = get(years, "/v1/departments/区商务委")
    assert department["counts"]["lead"] == 0
    assert [source["id"] for source in get(years, "/v1/departments/区数据局")["lead"]] == [f"{NEWER}/M1", f"{NEWER}/M4"]


def test_a_source_tells_what_it_was_before(years: TestClient) -> None:
    measure = get(years, f"/v1/measures/{NEWER}/M4")
    assert measure["previous"] == {
        "notice": OLDER,
        "notice_title": "测试区优化营商环境行动方案(2024年)",
        "year": 2024,
        "id": f"{OLDER}/M3",
        "kind": "measure",
        "number": 3,
        "title": "外贸服务",
        "lead": ["区商务委"],
        "cooperating": [],
        "responsible": [],
        "changed": ["number", "lead"],
    }
    listed = {item["id"]: item["previous"] for item in get(years, "/v1/measures")["items"]}
    assert listed[f"{NEWER}/M4"] == measure["previous"]
    assert listed[f"{NEWER}/M1"] is None
    assert get(years, f"/v1/measures/{OLDER}/M3")["previous"] is None
    assert get(years, "/v1/departments/区数据局")["lead"][1]["previous"] == measure["previous"]


def test_so_does_the_citation_of_an_answer(years: TestClient) -> None:
    body = {"question": "想去海外投资,备案找哪个部门?", "notice": NEWER}
    answer = years.post("/v1/ask", json=body).json()
    assert answer["citations"][0]["previous"]["lead"] == ["区商务委"]
    assert "2024年由区商务委牵头,2025年改为区数据局牵头" in answer["answer"]
