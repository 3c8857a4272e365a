"""Every error leaves in one shape: {"error": {"code", "message", "detail", "trace_id"}}. No trace, no path."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from api.contract import ErrorBody, ErrorInfo
from api.observing.tracing import trace_id
from ingest.errors import (
    BadApproval,
    BadCorrection,
    BadNoticeId,
    CandidateClosed,
    CorpusError,
    DocumentRefused,
    DocumentTooLarge,
    EvaluationUnreadable,
    Forbidden,
    IndexUnavailable,
    IngestBusy,
    LastNotice,
    NoEvaluation,
    NotFound,
    NoticeError,
    PolicyQAError,
    ProviderUnavailable,
    SheetError,
    ShuttingDown,
    SignInRefused,
    SignInUnknown,
    StoreUnavailable,
    TooManyRequests,
    Unaccepted,
    Unauthorized,
    UnknownBatch,
    UnknownCandidate,
    UnknownDepartment,
    UnknownModel,
    UnknownNotice,
    UnknownSource,
    UnknownTrace,
)
from rag.question import BadQuestion

logger = logging.getLogger(__name__)

_KINDS: tuple[tuple[type[PolicyQAError], HTTPStatus, str], ...] = (
    (BadQuestion, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_question"),
    (BadApproval, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_approval"),
    (SheetError, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_sheet"),
    (DocumentTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large"),
    (DocumentRefused, HTTPStatus.UNPROCESSABLE_ENTITY, "document_refused"),
    (NoticeError, HTTPStatus.UNPROCESSABLE_ENTITY, "notice_unreadable"),
    (BadCorrection, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_correction"),
    (BadNoticeId, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_notice_id"),
    (Unaccepted, HTTPStatus.UNPROCESSABLE_ENTITY, "unaccepted_oddity"),
    (LastNotice, HTTPStatus.CONFLICT, "last_notice"),
    (CorpusError, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_corpus"),
    (IngestBusy, HTTPStatus.CONFLICT, "ingest_busy"),
    (Unauthorized, HTTPStatus.UNAUTHORIZED, "unauthorized"),
    (Forbidden, HTTPStatus.FORBIDDEN, "forbidden"),
    (SignInUnknown, HTTPStatus.BAD_REQUEST, "sign_in_unknown"),
    (SignInRefused, HTTPStatus.UNAUTHORIZED, "sign_in_refused"),
    (ProviderUnavailable, HTTPStatus.SERVICE_UNAVAILABLE, "provider_unavailable"),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests"),
    (NoEvaluation, HTTPStatus.NOT_FOUND, "no_evaluation"),
    (UnknownNotice, HTTPStatus.NOT_FOUND, "unknown_notice"),
    (UnknownSource, HTTPStatus.NOT_FOUND, "unknown_source"),
    (UnknownDepartment, HTTPStatus.NOT_FOUND, "unknown_department"),
    (UnknownModel, HTTPStatus.NOT_FOUND, "model_not_found"),
    (UnknownTrace, HTTPStatus.NOT_FOUND, "unknown_trace"),
    (UnknownCandidate, HTTPStatus.NOT_FOUND, "unknown_candidate"),
    (UnknownBatch, HTTPStatus.NOT_FOUND, "unknown_batch"),
    (NotFound, HTTPStatus.NOT_FOUND, "not_found"),
    (CandidateClosed, HTTPStatus.CONFLICT, "candidate_closed"),
    (IndexUnavailable, HTTPStatus.SERVICE_UNAVAILABLE, "index_unavailable"),
    (EvaluationUnreadable, HTTPStatus.SERVICE_UNAVAILABLE, "evaluation_unreadable"),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE, "store_unavailable"),
    (ShuttingDown, HTTPStatus.SERVICE_UNAVAILABLE, "shutting_down"),
)
_HTTP_MESSAGES = {
    400: ("bad_request", "请求无法读取,请检查 JSON 格式和编码。"),
    404: ("not_found", "没有这个地址。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法。"),
    408: ("body_too_slow", "请求内容迟迟没有发完,请检查网络后重发。"),
    413: ("body_too_large", "请求内容太大。"),
    503: ("busy", "现在请求太多,请稍后再试。"),
}
_RETRY_AFTER = {"Retry-After": {"description": "几秒后再试", "schema": {"type": "integer", "minimum": 1}}}

ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    **{status: {"model": ErrorBody} for status in (400, 401, 403, 404, 409, 413, 422, 500, 503)},
    429: {"model": ErrorBody, "headers": _RETRY_AFTER},
}
"""For the OpenAPI document."""


def error_response(status: int, code: str, message: str, detail: object = None) -> JSONResponse:
    """An error in the contract's shape."""
    return JSONResponse(_body(code, message, detail).model_dump(), status)


def described(error: Exception) -> tuple[HTTPStatus, ErrorBody]:
    """Status and body for an error. One that nobody expected goes to the log, with its trace, under the trace id."""
    for kind, status, code in _KINDS:
        if isinstance(error, kind):
            return status, _body(code, str(error))
    logger.error("unexpected error, trace_id=%s", trace_id(), exc_info=error)
    message = "服务内部出错,请稍后再试;若一再出现,请把 trace_id 告诉管理员。"
    return HTTPStatus.INTERNAL_SERVER_ERROR, _body("internal_error", message)


def _body(code: str, message: str, detail: object = None) -> ErrorBody:
    return ErrorBody(error=ErrorInfo(code=code, message=message, detail=detail, trace_id=trace_id()))


def http_error_response(status: int) -> JSONResponse:
    """The error that a bare HTTP status stands for."""
    code, message = _HTTP_MESSAGES.get(status, ("http_error", HTTPStatus(status).phrase))
    # The contract has no 408, and some clients send a request again at once when they get one.
    return error_response(HTTPStatus.BAD_REQUEST if status == HTTPStatus.REQUEST_TIMEOUT else status, code, message)
