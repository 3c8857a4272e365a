"""The paragraphs of a document that belong to the notice: front matter and page furniture are left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Document, Line
from ingest.general.brackets import outer_brackets
from ingest.general.marker import Marker, read_marker
from ingest.general.notation import notation

_FENCE = "---"
_INLINE = re.compile(
    r"(?<=[。！!)）〕\]】:：])[ \t\u3000]*"
    r"(?=第[零〇一二三四五六七八九十百\d]{1,6}[条章]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_GAP = re.compile(r"(?<=[)\]]|[^\x00-\x7f：])[ \t\u3000]+(?=[^\x00-\x7f]|\d{4}\s*年|\d{1,3}[.．、])")
_MARKER = re.compile(r"(?:[一二三四五六七八九十]、|[(（][一二三四五六七八九十]{1,3}[)）]|第[^第]{1,6}[条章]|[①-⑳])$")
_LONGEST_MARKER = 8
_LEADERS = re.compile(r"(?:…|\.{3}|·{3}|-{4})[…. ·-]*\d{1,3}$")
_SHARE_OF_ONE_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of text with its line and its offsets in the document."""

    text: str
    line: int
    start: int
    end: int

    @property
    def marker(self) -> Marker | None:
        """The number that it begins with."""
        return read_marker(self.text)


def front_matter(document: Document) -> dict[str, str]:
    """The fields of a YAML front matter as site generators put it before an article; empty without one."""
    fields: dict[str, str] = {}
    for line in document.lines[1 : _front_matter_length(document)]:
        name, colon, value = line.text.partition(":")
        if colon:
            fields[name.strip()] = value.strip().strip("\"'")
    return fields


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """Every paragraph that may belong to the notice, in order.

    A notice that stands on one line is cut where a heading begins after the end of a sentence.
    """
    total = sum(len(line.text) for line in document.lines) or 1
    found: list[Paragraph] = []
    for line in document.lines[_front_matter_length(document) :]:
        if notation().navigation.fullmatch(line.text) or _LEADERS.search(line.text):
            continue
        is_whole = len(line.text) / total > _SHARE_OF_ONE_LINE
        found += _cut(line) if is_whole else (Paragraph(line.text, line.number, line.start, line.end),)
    return tuple(_without_contents(found))


def _without_contents(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out a table of contents: below 目录, headings that stand in the text once more."""
    title = next((at for at, each in enumerate(paragraphs) if "".join(each.text.split()) == "目录"), None)
    if title is None:
        return list(paragraphs)
    after = title + 1
    counts = Counter("".join(each.text.split()) for each in paragraphs[after:])
    while after < len(paragraphs) and counts["".join(paragraphs[after].text.split())] > 1:
        after += 1
    return [*paragraphs[:title], *paragraphs[after:]]


def _front_matter_length(document: Document) -> int:
    lines = document.lines
    if not lines or lines[0].text != _FENCE:
        return 0
    return next((at + 1 for at in range(1, len(lines)) if lines[at].text == _FENCE), 0)


def _cut(line: Line) -> Iterator[Paragraph]:
    begin = 0
    inside = {place for start, end in outer_brackets(line.text) for place in range(start + 1, end)}
    places = {match.end() for match in _INLINE.finditer(line.text)}
    places |= {match.end() for match in _GAP.finditer(line.text) if not _ends_marker(line.text, match.start())}
    for place in sorted((places - inside) | {len(line.text)}):
        text = line.text[begin:place].strip()
        if text:
            start = line.start + line.text.index(text, begin)
            yield Paragraph(text, line.number, start, start + len(text))
        begin = place


def _ends_marker(text: str, end: int) -> bool:
    """Whether a number ends there, so that what comes after the blank is its title."""
    return _MARKER.search(text[max(0, end - _LONGEST_MARKER) : end]) is not None
