"""/sign-in/oidc: to the organisation's provider and back. Only there where a provider is set."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.responses import Response

from api.errors import described
from api.signing_in.access import COOKIE
from api.signing_in.oidc import PATH, Provider
from api.signing_in.staff import StaffSessions
from ingest.errors import PolicyQAError

router = APIRouter(prefix=PATH, include_in_schema=False)

_LONGEST = 1000
_PAGE = Markup(
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>没有登录成</title>'
    "<style>body{{font:18px/1.7 sans-serif;max-width:36em;margin:15vh auto;padding:0 1em}}</style></head>"
    '<body><main><h1>没有登录成</h1><p role="alert">{message}</p>'
    '<p><a href="/sign-in">回到登录页</a></p><p>编号:{trace_id}</p></main></body></html>'
)


@router.get("")
async def begin(request: Request, target: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Send the person to the provider."""
    provider = _provider(request)
    try:
        address, begun = await provider.begin(str(request.url_for("finish_sign_in")), _inside(target))
    except PolicyQAError as error:
        return _refused(error)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    provider.begun.write(request, response, begun)
    return response


@router.get("/callback", name="finish_sign_in")
async def finish(request: Request) -> Response:
    """Take the person in who comes back. A key that the browser still holds would go first, so it is dropped."""
    provider = _provider(request)
    try:
        staff, target = await provider.finish(request)
    except PolicyQAError as error:
        return _refused(error)
    response = RedirectResponse(target, HTTPStatus.SEE_OTHER)
    sessions: StaffSessions = request.app.state.staff_sessions
    sessions.begin(request, response, staff)
    provider.begun.delete(response)
    response.delete_cookie(COOKIE)
    return response


def _provider(request: Request) -> Provider:
    provider: Provider = request.app.state.provider
    return provider


def _refused(error: PolicyQAError) -> HTMLResponse:
    status, body = described(error)
    return HTMLResponse(_PAGE.format(message=body.error.message, trace_id=body.error.trace_id), status)


def _inside(target: str) -> str:
    """``target`` if it is an address of this site, else its first page: nobody is sent elsewhere after signing in."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    is_inside = (
        target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    # It travels in a cookie, and browsers keep none that is too long.
    return target if is_inside and len(target) <= _LONGEST else "/"
