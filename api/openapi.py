"""What the OpenAPI document says beyond the signatures: where one answer leads to, and where a key may be left out."""

from http import HTTPStatus
from typing import Any

Responses = dict[int | str, dict[str, Any]]

KEY_OPTIONAL: dict[str, Any] = {"security": [{}]}
"""For ``openapi_extra``: served without a key as well."""


def _links(status: HTTPStatus, **links: dict[str, Any]) -> Responses:
    return {int(status): {"links": links}}


def _link(method: str, path: str, description: str, **more: object) -> dict[str, Any]:
    pointer = path.replace("/", "~1")
    return {"operationRef": f"#/paths/{pointer}/{method}", "description": description, **more}


def _source(where: str, description: str) -> dict[str, Any]:
    parameters = {"notice": f"$response.body#{where}/notice", "key": f"$response.body#{where}/key"}
    return _link("get", "/v1/measures/{notice}/{key}", description, parameters=parameters)


def _feedback(verdict: str) -> dict[str, Any]:
    body = {"trace_id": "$response.body#/trace_id", "verdict": verdict}
    return _link("post", "/v1/feedback", "对这次答复的判断", requestBody=body)


def _by_name(parameter: str, pointer: str, path: str, description: str, method: str = "get") -> dict[str, Any]:
    return _link(method, path, description, parameters={parameter: f"$response.body#{pointer}"})


ANSWER = _links(HTTPStatus.OK, cited=_source("/citations/0", "第一处依据的全文"), judge=_feedback("helpful"))
TICKET = _links(HTTPStatus.OK, cited=_source("/demands/0/citations/0", "第一处依据的全文"), judge=_feedback("edited"))
SOURCES = _links(HTTPStatus.OK, read=_source("/items/0", "第一条的全文"))
NOTICES = _links(
    HTTPStatus.OK,
    read=_by_name("notice", "/items/0/id", "/v1/notices/{notice}", "第一份通知"),
    compare=_by_name("notice", "/items/0/id", "/v1/notices/{notice}/changes", "与上一年相比"),
)
DEPARTMENTS = _links(HTTPStatus.OK, read=_by_name("name", "/items/0/name", "/v1/departments/{name}", "第一个部门"))
BATCH = _links(
    HTTPStatus.ACCEPTED,
    progress=_by_name("batch_id", "/id", "/v1/batches/{batch_id}", "办到哪里"),
    answers=_by_name("batch_id", "/id", "/v1/batches/{batch_id}/answers", "答复的表格"),
)
CANDIDATES = _links(
    HTTPStatus.OK,
    review=_by_name("candidate_id", "/items/0/id", "/v1/candidates/{candidate_id}", "审核第一条", "post"),
)
NOTICE = _links(
    HTTPStatus.CREATED,
    read=_by_name("notice", "/id", "/v1/notices/{notice}", "收录的通知"),
    remove=_by_name("notice", "/id", "/v1/notices/{notice}", "移去这份通知", "delete"),
)
