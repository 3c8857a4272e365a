"""What no endpoint takes: 405 where another method would do, else 404, in the contract's shape."""

from fastapi import FastAPI, Request
from fastapi.params import Depends
from starlette.exceptions import HTTPException
from starlette.routing import Match

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_EVERYTHING = ("/v1/{path:path}", "/healthz", "/readyz", "/metrics", "/openapi.json")


def install(app: FastAPI, limited: Depends) -> None:
    """Register behind all endpoints of the API, and before what is mounted at /, which would answer in its own shape.

    ``limited`` counts such requests, too.
    """
    for path in _EVERYTHING:
        # No methods: every method, also one that was made up. FastAPI cannot name such an operation by itself.
        app.add_api_route(
            path, _refuse, methods=[], operation_id="unmatched", include_in_schema=False, dependencies=[limited]
        )


def _refuse(request: Request) -> None:
    """404, or 405 with the methods that the endpoints know for this address."""
    documented = request.app.openapi()["paths"].get(request.url.path)
    if documented:
        # /v1/notices/preview is no /v1/notices/{notice}.
        allowed = [method.upper() for method in documented]
    else:
        known = request.app.router.routes
        endpoints = known[: known.index(request.scope["route"])]
        allowed = [
            method
            for method in _METHODS
            if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in endpoints)
        ]
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
    raise HTTPException(404)
