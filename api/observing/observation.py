"""One look at every request: it is counted, has a line in the log and a span, without anything that it said."""

import logging
import time

from opentelemetry.trace import SpanKind, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observing.metrics import Metrics
from api.observing.tracing import trace_id
from rag.spans import span

logger = logging.getLogger(__name__)
OTHER = "other"
"""The route of what no route serves, and any method that HTTP does not know: whatever callers make up is one group."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SERVER_ERROR = 500


class ObservationMiddleware:
    """Takes down method, route (never the address itself), status and time of each request, and the caller's role."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), _SERVER_ERROR

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = scope["method"] if scope["method"] in _METHODS else OTHER
        with span(method, SpanKind.SERVER) as observed:
            try:
                await self._app(scope, receive, noting)
            finally:
                route = getattr(scope.get("route"), "path", OTHER)
                seconds = time.perf_counter() - started
                self._metrics.count_request(method, route, status, seconds)
                observed.update_name(f"{method} {route}")
                observed.set_attributes(
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "http.response.status_code": status,
                        "policyqa.trace_id": trace_id(),
                    }
                )
                if status >= _SERVER_ERROR:
                    observed.set_status(StatusCode.ERROR)
                fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
                logger.info("request", extra={**fields, "role": scope.get("state", {}).get("role")})
