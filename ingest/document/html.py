"""Web pages, read as a stream of tags: no tree is built, so that memory stays bounded."""

import re
from collections.abc import Mapping

from lxml import etree

from ingest.document.flow import Flow
from ingest.document.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_MARKUP, too_large
from ingest.document.lines import Document
from ingest.errors import DocumentRefused

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6r]|header|html|legend|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
# The head as a whole stays: of a page that opens none, the parser puts the first elements of the body into it.
_NOT_TEXT = re.compile(
    "title|script|style|noscript|template|nav|select|option|button|textarea|iframe|object|svg|math|canvas|audio|video"
    "|datalist|rp|rt"
)
_PAGE_FURNITURE = frozenset(("header", "footer", "aside"))
_ARTICLE = frozenset(("article", "main"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n.{0,4000}?\n---[ \t]*\r?\n", re.DOTALL)
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]"
# A line end of the source between two Chinese characters is none of the page; elsewhere it is a space.
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})", re.ASCII)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NUMBERED = re.compile(r"\s*[(（〔]?[\d一二三四五六七八九十①-⑳]+[.．、)）〕]?")
_EMBEDDED = re.compile(r"data:[a-z]+/[^\s\"'<>]+", re.IGNORECASE)
_CHUNK = 1 << 16


def read_html(text: str) -> Document:
    """The text of a page: block elements end lines, inline ones do not; what a reader of the page never sees is out.

    Raises DocumentRefused if it has too many elements or too much text, or cannot be read as a page at all.
    """
    text = _EMBEDDED.sub("", text)
    if len(text) > MAX_MARKUP:
        raise too_large(f"网页源码超过{MAX_MARKUP}字")
    page = _Page()
    if front := _FRONT_MATTER.match(text):
        for line in front[0].splitlines():
            page.flow.add_line(line)
        text = text[front.end() :]
    parser = etree.HTMLParser(target=page)
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    except (etree.LxmlError, AssertionError) as error:
        raise DocumentRefused(f"网页读不了:{error}。", "请在浏览器里打开,复制正文另存为 TXT。") from error
    return page.flow.document()


class _Page:
    """What the parser tells about a page, tag by tag."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._words: list[str] = []
        self._elements = self._depth = 0
        self._hidden = 0
        self._articles = 0
        self._verbatim = 0
        self._lists: list[int | None] = []
        self._number = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise too_large(f"网页超过{MAX_ELEMENTS}个元素,或嵌套超过{MAX_DEPTH}层")
        if self._hidden or self._is_hidden(tag, attributes):
            self._hidden += 1
            return
        if _BLOCK.fullmatch(tag):
            self._end_line()
        self._articles += tag in _ARTICLE
        self._verbatim += tag == "pre"
        match tag:
            case "table":
                self.flow.open_table()
            case "tr":
                self.flow.open_row()
            case "td" | "th":
                self.flow.open_cell(_count(attributes.get("colspan")), _count(attributes.get("rowspan")))
            case "ol":
                self._lists.append(_count(attributes.get("start")) - 1)
            case "ul":
                self._lists.append(None)
            case "li" if self._lists and (last := self._lists[-1]) is not None:
                self._lists[-1] = last + 1
                self._number = f"{last + 1}."

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._hidden:
            self._hidden -= 1
            return
        if _BLOCK.fullmatch(tag):
            self._end_line()
        self._articles -= tag in _ARTICLE
        self._verbatim -= tag == "pre"
        match tag:
            case "table":
                self.flow.close_table()
            case "tr":
                self.flow.close_row()
            case "td" | "th":
                self.flow.close_cell()
            case "ol" | "ul" if self._lists:
                self._lists.pop()

    def data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def close(self) -> None:
        self._end_line()

    def _is_hidden(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if _NOT_TEXT.fullmatch(tag) or (tag in _PAGE_FURNITURE and not self._articles) or "hidden" in attributes:
            return True
        return _HIDDEN.search(attributes.get("style", "")) is not None

    def _end_line(self) -> None:
        if not self._words:
            return
        text = "".join(self._words)
        self._words.clear()
        lines = text.splitlines() if self._verbatim else [_SPACES.sub(" ", _BROKEN.sub("", text))]
        for line in lines:
            if self._number and line.strip():
                # Some pages print the number themselves and switch off that of the list.
                line = line if _NUMBERED.match(line) else self._number + line.lstrip()
                self._number = ""
            self.flow.add_line(line)


def _count(printed: str | None) -> int:
    """The value of an attribute such as colspan; 1 if it has none that makes sense."""
    return int(printed) if printed and printed.isdecimal() and len(printed) < 4 else 1
