"""What every page is built with: the API, the texts of one language, and the templates."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

import gradio as gr
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request

from ui.web import source
from ui.web.client import ApiClient, ApiError
from ui.web.wording import PageLanguage, card_texts, wording

PAGES = ("ask", "catalogue", "map", "workbench", "evaluation", "notices")
"""The pages in the order of the navigation; their names are also their addresses, but for the first one's."""

COOKIE = "policyqa_key"
"""The cookie of the API that holds the key of who signed in."""

SESSION_COOKIE = "policyqa_session"
"""The cookie of the API that says who signed in at the organisation's provider."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


class Site:
    """One language of the site. Templates escape everything that they are given."""

    def __init__(self, client: ApiClient, language: PageLanguage) -> None:
        self.wording = wording(language)
        self.say = self.wording.say
        self._client = client

    def client(self, request: gr.Request | Request) -> ApiClient:
        """The API, called by whoever sent ``request``, with their key or session if they signed in."""
        client = self.nameless(request)
        if key := request.cookies.get(COOKIE):
            return client.signed_in(key)
        session = request.cookies.get(SESSION_COOKIE)
        return client.with_cookie(SESSION_COOKIE, session) if session else client

    def nameless(self, request: gr.Request | Request) -> ApiClient:
        """The API, called by whoever sent ``request``, whatever key they may hold."""
        return self._client.on_behalf_of(request.client.host) if request.client else self._client

    def path(self, page: str) -> str:
        """Address of one of ``PAGES``."""
        return f"{self.wording.prefix}/{_address(page)}"

    def render(self, template: str, **values: object) -> str:
        """HTML of a template in templates/."""
        return self._environment.get_template(f"{template}.html").render(values)

    def card(self, template: str, language: str, **values: object) -> str:
        """HTML of a template that speaks the language of the answer rather than the page's."""
        return self.render(template, card=card_texts(language), **values)

    def error(self, message: str | ApiError) -> str:
        """A polite sentence instead of what was wanted."""
        return self.render("error", message=str(message))

    async def header(self, page: str, request: gr.Request) -> str:
        """Name, navigation, language switch, and who is signed in."""
        try:
            session: Mapping[str, Any] = await self.client(request).session()
        except ApiError:
            session = {"name": None}
        return self.header_of(page, session["name"])

    def header_of(self, page: str = "", name: str | None = None, here: str | None = None) -> str:
        """The header of a page; ``here`` is its address without the language where it is not one of ``PAGES``."""
        address = _address(page) if here is None else here
        return self.render("header", current=page, name=name, here=address)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("ui.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        prefix = self.wording.prefix
        environment.globals |= {
            "say": self.say,
            "wording": self.wording,
            "pages": PAGES,
            "page_path": self.path,
            "card": card_texts(self.wording.language),
        }
        environment.filters |= {
            "label": source.label,
            "leads": source.leads,
            "path": partial(source.path, prefix=prefix),
            "department_path": partial(source.department_path, prefix=prefix),
            "marked": source.marked,
            "marked_quote": source.marked_quote,
            "brackets_marked": source.brackets_marked,
            "in_english": lambda name, english: english.get(name, ""),
            "markdown": _markdown,
            "percent": lambda share: "-" if share is None else f"{share:.0%}",
            "names": lambda names: self.say("site.list").join(names),
        }
        return environment


def _markdown(text: str) -> Markup:
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - the renderer escapes HTML


def _address(page: str) -> str:
    return "" if page == PAGES[0] else page
