"""Text files: which characters the bytes stand for, and whether they are the source of a web page."""

import codecs
import re

from ingest.document.limits import MAX_CHARACTERS, MAX_LINES, too_large
from ingest.document.lines import Document, document_from_text

_WITH_MARK = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
_HEAD = 4096
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table|tbody|tr|td|div|p|span|section|article|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(r"</(?:p|div|td|tr|table|span|body|html|h[1-6]|li|section|article)\s*>", re.IGNORECASE)
_ENOUGH = 3
"""So many closing tags are no accident of a text."""


def decode(data: bytes) -> str | None:
    """The characters of a text file in UTF-8, UTF-16 with a byte order mark, or GB18030; None if it is none of these.

    A web page may name its encoding; that is believed unless its bytes are UTF-8.
    """
    marked = [encoding for mark, encoding in _WITH_MARK if data.startswith(mark)]
    declared = _META.search(data[:_HEAD])
    named = _DECLARED.get(declared[1].decode("ascii").lower()) if declared else None
    # What is valid UTF-8 is hardly ever anything else, whatever it declares; GB18030 takes almost any bytes.
    for encoding in marked or ("utf-8", *filter(None, (named,)), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def is_markup(text: str) -> bool:
    """Whether a text is the source of a web page, whatever its file is called."""
    if _MARKUP.match(text[:_HEAD]):
        return True
    return any(count == _ENOUGH for count, _ in enumerate(_CLOSING.finditer(text), start=1))


def read_text(text: str) -> Document:
    """A text as a document. Raises DocumentRefused if it is too long."""
    if len(text) > MAX_CHARACTERS or text.count("\n") + text.count("\r") > MAX_LINES:
        raise too_large(f"正文超过{MAX_CHARACTERS}字或{MAX_LINES}行")
    return document_from_text(text)
