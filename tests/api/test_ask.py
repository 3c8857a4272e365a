from fastapi.testclient import TestClient

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"
FIELDS = {
    *("status", "answer", "citations", "missing", "related", "confidence", "intent", "resolved_question"),
    *("language", "answer_source", "trace_id", "timings_ms"),
}
SOURCE_FIELDS = {
    *("id", "kind", "number", "title", "outline", "lead", "cooperating", "responsible", "starred", "quote"),
    *("score", "discrepancies"),
}


def test_the_main_job(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": ODI})
    body = response.json()
    assert response.status_code == 200
    assert body.keys() == FIELDS | {"annotation", "generation"}
    assert body["status"] == "answered"
    assert body["answer_source"] == "composed"
    citation = body["citations"][0]
    assert citation.keys() == SOURCE_FIELDS | {"notice", "key", "matched", "gloss", "previous"}
    assert (citation["id"], citation["kind"], citation["number"]) == ("hongkou-2025/M12", "measure", 12)
    assert citation["lead"] == ["区服务发展办"]
    assert citation["starred"] is True
    for text in ("第12条", "区服务发展办", citation["quote"]):
        assert text in body["answer"]


def test_each_citation_says_which_words_of_its_quote_were_asked_for(client: TestClient) -> None:
    asked = client.post("/v1/ask", json={"question": "我們公司想去越南設廠,ODI備案有沒有人指導?"}).json()
    quote, matched = asked["citations"][0]["quote"], asked["citations"][0]["matched"]
    assert [quote[start:end] for start, end in matched] == ["ODI备案指导", "备案指导"]
    assert not any(source["matched"] for source in asked["related"])


def test_the_request_id_is_returned_in_header_and_body(client: TestClient) -> None:
    given = client.post("/v1/ask", json={"question": ODI}, headers={"X-Request-ID": "ticket-7"})
    assert given.headers["X-Request-ID"] == given.json()["trace_id"] == "ticket-7"
    hostile = client.post("/v1/ask", json={"question": ODI}, headers={"X-Request-ID": "a b<script>"})
    assert hostile.headers["X-Request-ID"] == hostile.json()["trace_id"] != "a b<script>"


def test_every_field_of_the_request(client: TestClient) -> None:
    body = {
        "question": ODI,
        "history": [{"role": "user", "content": "你好"}, {"role": "assistant", "content": "您好"}],
        "notice": "hongkou-2025",
        "language": "en",
    }
    response = client.post("/v1/ask", json=body)
    assert response.json()["language"] == "en"
    assert "区服务发展办" in response.json()["answer"]


def test_long_and_damaged_messages_before_do_not_stand_in_the_way(client: TestClient) -> None:
    history = [
        {"role": "user", "content": "越南设厂找谁\u0000"},
        {"role": "assistant", "content": "第12条由区服务发展办牵头。" * 700},
        {"role": "user", "content": "问" * 9000},
        {"role": "assistant", "content": "\u200b"},
    ]
    response = client.post("/v1/ask", json={"question": ODI, "history": history})
    assert response.status_code == 200
    assert response.json()["citations"][0]["id"] == "hongkou-2025/M12"
