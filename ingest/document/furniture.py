"""What is on every page and is no part of the notice: page numbers, running headers and footers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.document.printed import PrintedLine

_PAGE_NUMBER = re.compile(
    r"[-—–―－·.\s]*\d{1,4}[-—–―－·.\s]*|第\s*\d+\s*页(?:\s*[,，/／]?\s*共\s*\d+\s*页)?|\d+\s*[/／]\s*\d+"
    r"|page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"第\s*\d+\s*页|[-—]\s*\d+\s*[-—]|\d+\s*[/／]\s*\d+")
_MARGIN = 0.1
"""The part of a page's height, above and below, in which furniture stands."""
_OUTERMOST = 3
_SHARE = 0.4
_FEWEST = 2


def without_furniture(pages: Sequence[Sequence[PrintedLine]], heights: Mapping[int, float]) -> list[list[PrintedLine]]:
    """The lines of each page without its number and without what other pages have at the same place."""
    marginal = [_marginal(lines, heights) for lines in pages]
    counted = Counter(key for lines in marginal for line in lines for key in _keys(line))
    needed = max(_FEWEST, len(pages) * _SHARE)
    return [
        [
            line
            for line in lines
            if line not in outer
            or not (_PAGE_NUMBER.fullmatch(line.text) or max(counted[key] for key in _keys(line)) >= needed)
        ]
        for lines, outer in zip(pages, marginal, strict=True)
    ]


def _marginal(lines: Sequence[PrintedLine], heights: Mapping[int, float]) -> list[PrintedLine]:
    outermost = {*lines[:_OUTERMOST], *lines[-_OUTERMOST:]}
    return [
        line
        for line in outermost
        if not _MARGIN * heights[line.page] <= line.middle <= (1 - _MARGIN) * heights[line.page]
    ]


def _keys(line: PrintedLine) -> set[tuple[str, int]]:
    """What may be the same on every page: text and height, with and without the number of the page."""
    bare = _COUNTED.sub("", line.text)
    texts = {bare}
    if not bare.startswith("附"):
        for match in re.finditer(rf"(?<!\d){line.page + 1}(?!\d)", bare):
            texts.add(bare[: match.start()] + bare[match.end() :])
    return {(re.sub(r"\s+", "", text), round(line.middle / 4)) for text in texts}
