"""A source of the API as the page shows it: number in words, address, quote with the matched words marked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from markupsafe import Markup, escape

Source = Mapping[str, Any]
_LABELS = {"measure": "measure", "municipal_item": "item", "notice": "notice"}


def label(source: Source, card: Mapping[str, str]) -> str:
    """第12条, 附件1第7项 or 通知, in the language of ``card``."""
    return card[_LABELS[source["kind"]]].format(number=source["number"])


def leads(source: Source) -> list[str]:
    """The departments in charge, as printed."""
    found: list[str] = source["lead"] or source["responsible"]
    return found


def path(source: Source, prefix: str, quote: str = "") -> str:
    """Address of the source's own page; with ``quote`` it opens at these words."""
    query = f"?{urlencode({'quote': quote})}#quote" if quote else ""
    return f"{prefix}/notices/{url_quote(source['id'])}{query}"


def department_path(name: str, prefix: str) -> str:
    """Address of a department's own page."""
    return f"{prefix}/departments/{url_quote(name, safe='')}"


def marked(quote: str, spans: Sequence[Sequence[int]]) -> Markup:
    """The quote as HTML with its ``spans`` ([start, end) offsets) marked. Everything else is escaped."""
    return Markup("").join(_pieces(quote, spans))


def marked_quote(text: str, quote: str) -> Markup:
    """The whole text as HTML with the sentences of ``quote`` marked, as far as they are in it."""
    start = text.find(quote) if quote else -1
    if start < 0:
        return escape(text)
    end = start + len(quote)
    return Markup('{}<mark id="quote" tabindex="-1">{}</mark>{}').format(text[:start], quote, text[end:])


def brackets_marked(text: str) -> Markup:
    """A masked text as HTML, with the 〔…〕 that stand for personal data marked."""
    return escape(text).replace("〔", Markup("<mark>〔")).replace("〕", Markup("〕</mark>"))


def _pieces(quote: str, spans: Sequence[Sequence[int]]) -> Iterator[Markup]:
    done = 0
    for start, end in spans:
        yield escape(quote[done:start])
        yield Markup("<mark>{}</mark>").format(quote[start:end])
        done = end
    yield escape(quote[done:])
