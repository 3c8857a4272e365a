"""Quotes marked in texts, whatever is in them."""

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from ui.web.source import brackets_marked, department_path, marked, marked_quote, path


@st.composite
def quotes(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A quote with ascending spans that do not overlap."""
    quote = draw(st.text(max_size=40))
    edges = sorted(draw(st.sets(st.integers(0, len(quote)), max_size=8)))
    return quote, list(zip(edges[::2], edges[1::2], strict=False))


@given(quotes())
def test_marking_changes_nothing_but_the_marks(quoted: tuple[str, list[tuple[int, int]]]) -> None:
    quote, spans = quoted
    html = str(marked(quote, spans))
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == quote
    assert html.count("<mark>") == len(spans)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_quote_is_found_in_its_text(before: str, quote: str, after: str) -> None:
    html = marked_quote(before + quote + after, quote)
    assert html.count("<mark") == bool(quote)
    assert "<mark" not in marked_quote(before, before + "!")


def test_masked_pieces_are_marked_and_the_rest_is_text() -> None:
    assert brackets_marked("<b>〔姓名〕") == "&lt;b&gt;<mark>〔姓名〕</mark>"


def test_addresses_begin_with_the_language_and_hold_any_name() -> None:
    assert path({"id": "hongkou-2025/M12"}, "/en") == "/en/notices/hongkou-2025/M12"
    assert path({"id": "a/M1"}, "", "一 句") == "/notices/a/M1?quote=%E4%B8%80+%E5%8F%A5#quote"
    assert department_path("a/b?", "") == "/departments/a%2Fb%3F"
