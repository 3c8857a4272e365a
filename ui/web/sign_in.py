"""Signing in: the key that the administrator gave goes into a cookie that scripts cannot read.

Where the API knows a provider of the organisation's, the page shows the way there too.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.web.client import ApiError
from ui.web.site import COOKIE, SESSION_COOKIE, Site

SEE_OTHER = 303
UNAUTHORIZED = 401
MAX_AGE_S = 12 * 3600
"""A working day."""


def sign_in_routes(site: Site) -> APIRouter:
    """/sign-in and /sign-out in the language of ``site``."""
    router = APIRouter(prefix=site.wording.prefix, include_in_schema=False)

    async def page(request: Request, target: str, wrong: str = "", status: int = 200) -> HTMLResponse:
        try:
            has_oidc = (await site.nameless(request).session())["oidc"]
        except ApiError:
            has_oidc = False
        header = site.header_of(here="sign-in")
        shown = site.render("sign_in", header=header, next=target, wrong=wrong, has_oidc=has_oidc)
        return HTMLResponse(shown, status_code=status)

    @router.get("/sign-in")
    async def ask_for_key(request: Request, target: Annotated[str, Query(alias="next")] = "") -> HTMLResponse:
        return await page(request, _inside(target, site))

    @router.post("/sign-in", response_model=None)
    async def sign_in(
        request: Request,
        key: Annotated[str, Form(max_length=200)],
        target: Annotated[str, Form(alias="next")] = "",
    ) -> HTMLResponse | RedirectResponse:
        target = _inside(target, site)
        try:
            session = await site.nameless(request).signed_in(key.strip()).session()
        except ApiError:
            return await page(request, target, site.say("sign_in.wrong"), UNAUTHORIZED)
        if not session["name"] and not session["open"]:
            return await page(request, target, site.say("sign_in.wrong"), UNAUTHORIZED)
        response = RedirectResponse(target, SEE_OTHER)
        response.set_cookie(
            COOKIE,
            key.strip(),
            max_age=MAX_AGE_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    @router.post("/sign-out")
    def sign_out() -> RedirectResponse:
        response = RedirectResponse(site.path("ask"), SEE_OTHER)
        response.delete_cookie(COOKIE)
        response.delete_cookie(SESSION_COOKIE)
        return response

    return router


def _inside(target: str, site: Site) -> str:
    """``target`` if it is an address of this site, else its first page: nobody is sent elsewhere after signing in."""
    parts = urlsplit(target)
    is_inside = (
        target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return target if is_inside else site.path("ask")
