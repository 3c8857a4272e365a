"""Tables of tickets over HTTP."""

import io
import time
from typing import Any

import openpyxl
from fastapi.testclient import TestClient

TABLE = '工单编号,工单内容\nHK-1,"电话13916472085,想问开面馆的执照和许可能不能一次办好,找哪个部门?"\nHK-2,\n'


def upload(
    hotline: TestClient, content: bytes = TABLE.encode(), name: str = "工单.csv", **form: str
) -> tuple[int, Any]:
    response = hotline.post("/v1/batches", files={"file": (name, content)}, data=form)
    return response.status_code, response.json()


def finished(hotline: TestClient, batch_id: str) -> Any:  # noqa: ANN401 - JSON
    for _ in range(200):
        body = hotline.get(f"/v1/batches/{batch_id}").json()
        if body["finished"]:
            return body
        time.sleep(0.05)
    raise AssertionError(body)


def test_a_table_goes_in_and_a_table_of_answers_comes_out(hotline: TestClient) -> None:
    status, begun = upload(hotline)
    assert (status, begun["total"]) == (202, 2)
    body = finished(hotline, begun["id"])
    assert body["done"] == 2
    assert "空" in body["problems"]["3"]
    answers = hotline.get(f"/v1/batches/{begun['id']}/answers")
    assert "attachment" in answers.headers["content-disposition"]
    rows = list(openpyxl.load_workbook(io.BytesIO(answers.content)).active.values)
    assert [row[0] for row in rows] == ["工单编号", "HK-1", "HK-2"]
    assert "13916472085" not in hotline.get(f"/v1/batches/{begun['id']}/answers?format=csv").text


def test_the_same_table_is_not_worked_through_twice(hotline: TestClient) -> None:
    first = finished(hotline, upload(hotline)[1]["id"])
    _, again = upload(hotline)
    assert (again["id"], again["done"]) == (first["id"], 2)


def test_the_column_may_be_chosen(hotline: TestClient) -> None:
    status, body = upload(hotline, column="没有的列")
    assert status == 422
    assert "没有的列" in body["error"]["message"]


def test_what_is_no_table_is_refused_with_the_remedy(hotline: TestClient) -> None:
    status, body = upload(hotline, b"\x00\x01", "tickets.doc")
    assert (status, body["error"]["code"]) == (422, "bad_sheet")


def test_an_unknown_batch_is_not_found(hotline: TestClient) -> None:
    for path in ("/v1/batches/nothing", "/v1/batches/nothing/answers"):
        response = hotline.get(path)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_batch")


def test_tables_may_be_larger_than_other_bodies(hotline: TestClient) -> None:
    rows = "".join(f'HK-{number},"{"问" * 400}"\n' for number in range(2000))
    status, body = upload(hotline, f"工单编号,工单内容\n{rows}".encode())
    assert (status, body["total"]) == (202, 2000)
