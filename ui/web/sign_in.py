"""Signing in: the key that the administrator gave goes into a cookie that scripts cannot read."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.web.client import ApiError
from ui.web.site import COOKIE, Site

SEE_OTHER = 303
UNAUTHORIZED = 401
MAX_AGE_S = 12 * 3600
"""A working day."""


def sign_in_routes(site: Site) -> APIRouter:
    """/sign-in and /sign-out in the language of ``site``."""
    router = APIRouter(prefix=site.wording.prefix, include_in_schema=False)

    def page(target: str, wrong: str = "", status: int = 200) -> HTMLResponse:
        header = site.header_of(here="sign-in")
        return HTMLResponse(site.render("sign_in", header=header, next=target, wrong=wrong), status_code=status)

    @router.get("/sign-in")
    def ask_for_key(next: str = "") -> HTMLResponse:  # noqa: A002 - the parameter's name in the URL
        return page(_inside(next, site))

    @router.post("/sign-in", response_model=None)
    async def sign_in(
        request: Request,
        key: Annotated[str, Form(max_length=200)],
        next: Annotated[str, Form()] = "",  # noqa: A002 - the field's name in the form
    ) -> HTMLResponse | RedirectResponse:
        target = _inside(next, site)
        try:
            session = await site.signed_in(key.strip()).session()
        except ApiError:
            return page(target, site.say("sign_in.wrong"), UNAUTHORIZED)
        if not session["name"] and not session["open"]:
            return page(target, site.say("sign_in.wrong"), UNAUTHORIZED)
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
        return response

    return router


def _inside(target: str, site: Site) -> str:
    """``target`` if it is an address of this site, else its first page: nobody is sent elsewhere after signing in."""
    parts = urlsplit(target)
    is_inside = (
        target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return target if is_inside else site.path("ask")
