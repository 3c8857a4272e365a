from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings


def get(client: TestClient, path: str) -> Any:  # noqa: ANN401 - JSON
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_notice_with_its_totals(client: TestClient) -> None:
    notice = get(client, "/v1/notices/hongkou-2025")
    assert notice["totals"] == {
        "parts": 5,
        "sections": 12,
        "measures": 48,
        "municipal_items": 29,
        "starred": 20,
    }
    assert notice["issued_on"] == "2025-03-07"
    assert notice["issuer"] == "虹口区人民政府办公室"
    assert [part["label"][:2] for part in notice["outline"]] == ["一、", "二、", "三、", "四、", "五、"]
    assert get(client, "/v1/notices")["items"][0]["id"] == "hongkou-2025"


def test_a_measure_with_both_versions_of_its_lead(client: TestClient) -> None:
    measure = get(client, "/v1/measures/hongkou-2025/M43")
    assert measure["text"].startswith("对多次重复涉企投诉")
    assert {"field": "lead", "body": "区信访办、区数据局", "annex": "区信访办"} in measure["discrepancies"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("department=房管局&role=lead", ["M18", "M21"]),
        ("department=房管局&role=any", ["M13", "M18", "M21", "M36"]),
        ("category=涉外服务&kind=measure&starred=true", ["M12", "M13"]),
        ("q=电子发票", ["M20", "A7"]),
        ("notice=hongkou-2025&q=没有这样的词", []),
    ],
)
def test_filters_are_complete_and_exact(client: TestClient, query: str, keys: list[str]) -> None:
    found = get(client, f"/v1/measures?{query}")
    assert [item["id"].rpartition("/")[2] for item in found["items"]] == keys
    assert found["total"] == len(keys)


def test_without_filter_all_77(client: TestClient) -> None:
    assert get(client, "/v1/measures")["total"] == 77


def test_departments_with_counts_by_role(client: TestClient) -> None:
    tax = get(client, "/v1/departments/国税局")
    assert tax["name"] == "区税务局"
    assert tax["counts"] == {"lead": 1, "cooperating": 2, "responsible": 0}
    assert [source["number"] for source in tax["cooperating"]] == [12, 14]
    listed = get(client, "/v1/departments")
    assert listed["total"] == len(listed["items"]) > 70


@pytest.fixture(scope="module")
def places(several_places: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(several_places), raise_server_exceptions=False) as client:
        yield client


def test_departments_say_whose_they_are_the_home_regions_first(places: TestClient) -> None:
    listed = get(places, "/v1/departments")["items"]
    assert listed[0]["region"] == "上海市虹口区"
    regions = list(dict.fromkeys(each["region"] for each in listed))
    assert set(regions[1:3]) == {"上海市", "全国"}
    taian = get(places, "/v1/departments?region=山东省泰安市")["items"]
    assert {each["name"] for each in taian} == {"市农业农村局", "市财政局", "市市场监管局", "市商务局"}
    assert get(places, "/v1/departments?region=泰安市")["items"] == taian


def test_a_department_counts_in_the_notices_of_its_own_place(places: TestClient) -> None:
    commerce = get(places, "/v1/departments/泰安市商务局")
    assert (commerce["region"], commerce["level"], commerce["english"]) == ("山东省泰安市", "municipal", "")
    assert commerce["counts"] == {"lead": 0, "cooperating": 0, "responsible": 2}
    assert {source["id"].partition("/")[0] for source in commerce["responsible"]} == {"taian-2026"}
    assert get(places, "/v1/departments/市商务委")["region"] == "上海市虹口区"


def test_a_department_of_that_name_in_another_place_is_asked_for_by_its_place(places: TestClient) -> None:
    here, there = (get(places, f"/v1/departments/市商务委{query}") for query in ("", "?region=上海市"))
    assert (here["region"], there["region"]) == ("上海市虹口区", "上海市")
    assert [source["id"] for source in there["lead"]] == ["shanghai-2025/M2"]
    assert places.get("/v1/departments/外星事务局").status_code == 404


def test_measures_of_a_department_are_those_of_its_own_place(places: TestClient) -> None:
    found = get(places, "/v1/measures?department=泰安市商务局")
    assert [item["id"] for item in found["items"]] == ["taian-2026/M2", "taian-2026/M3"]
    found = get(places, "/v1/measures?department=市商务委&notice=shanghai-2025")
    assert [item["id"] for item in found["items"]] == ["shanghai-2025/M2"]
