"""Where a heading ends and the text begins: at the end of the line, of the brackets, or of the first sentence."""

import re

from ingest.general.flow import EDGE, Flow
from ingest.general.tree import Node

_ROUND = r"[（(](?P<named>(?:[^()（）:：。]|[(（][^()（）]*[)）]){2,30})[)）]"
_BRACKETED_TITLE = re.compile(rf"(?:【(?P<title>[^】]+)】|{_ROUND})[。:：]?[ \t\u3000]*(?P<text>.*)", re.DOTALL)
_QUOTES = {"“": "”", "《": "》", "(": ")）", "（": ")）"}
_LONGEST_TITLE = 40
"""A longer first sentence is no heading: it is part of the text as well."""


def heading_of(node: Node) -> str:
    """The heading of an element as printed: its number with its title; the line itself where it has no number."""
    first = node.paragraphs[0]
    if node.marker is None:
        return first.text
    title, _ = _parted(node.marker.rest, is_alone=True)
    return f"{node.marker.label}{title}"


def title_and_text(node: Node, flow: Flow) -> tuple[str, str]:
    """The title of a measure, and its text without the departments at its end; a measure of one sentence is both."""
    text, length = flow.without_ending()
    first = flow.paragraphs[0].text[:length].rstrip()
    marker = node.marker
    begin = (
        first.index(marker.rest[:1], len(marker.label)) if marker and marker.rest and marker.rest[:1] in first else 0
    )
    heading, rest = first[begin:].replace("**", ""), text[len(first) :].strip()
    title, more = _parted(heading, is_alone=not rest)
    if rest and more == heading and len(title) <= _LONGEST_TITLE:
        more = ""
    return title, f"{more}{rest}".strip() or heading


def _parted(heading: str, *, is_alone: bool) -> tuple[str, str]:
    """The title that a line begins with, and the text that goes on after it on the same line."""
    if (match := _BRACKETED_TITLE.fullmatch(heading)) and (match["title"] or match["text"] or not is_alone):
        return (match["title"] or match["named"]).strip(), match["text"].strip()
    if stop := _first_stop(heading):
        title, text = heading[:stop].strip(), heading[stop + 1 :].strip()
        return title, text if text and len(title) <= _LONGEST_TITLE else heading
    if is_alone and len(heading) > _LONGEST_TITLE:
        return heading.strip(EDGE), heading
    return heading.strip(EDGE), ""


def _first_stop(text: str) -> int:
    """Where the first sentence ends: at the first 。 in no brackets or quotation marks; 0 if nowhere."""
    open_with: list[str] = []
    for place, char in enumerate(text):
        if open_with and char in open_with[-1]:
            open_with.pop()
        elif char in _QUOTES:
            open_with.append(_QUOTES[char])
        elif char == "。" and not open_with:
            return place
    # What is never closed hides no sentence.
    return max(text.find("。"), 0) if open_with else 0
