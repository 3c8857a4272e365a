"""Paragraphs out of printed lines: where a line ends only because the page or the cell does, the paragraph goes on."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document.printed import CLOSING, OPENING, PrintedLine

_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"
_BEGINS = re.compile(
    rf"(?:{_NUMBER}[、.．]|[(（](?:{_NUMBER}|\d{{1,3}})[)）]|\d{{1,3}}★?[.．、](?!\d)|第(?:{_NUMBER}|\d{{1,3}})[章条节]"
    r"|[①-⑳]|【|附\s*件|附\s*表)"
)
_ANNEX = re.compile(r"附\s*件\s*\d*\s*[:：]?")
_NOT_OF_A_TITLE = re.compile(r".*[〔\[（(]\d{4}[〕\])）].*号|\d{4}年.*日")
_SENTENCE_END = ("。", "；", ";", "！", "？", "。”", "。）", "。)", "）", ")")
_INDENT = (1.2, 3.2)
_SLACK = 0.6
_GAP = 0.25
_SHARE = 0.08
_SAME_SIZE = 0.12
_TITLE_SIZE = 1.1
_TITLE_PITCH = 2.4
_CENTRED = 0.6
_TIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text begins and ends on the page, in points, and how its paragraphs are told apart."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool
    spaced: bool

    def ends_early(self, line: PrintedLine, following: PrintedLine) -> bool:
        """Whether the beginning of the following line would have found room at the end of ``line``."""
        return self.right - line.right > following.first_width + _SLACK * self.size

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether ``line`` stands in the middle."""
        return abs(line.left + line.right - self.left - self.right) < _CENTRED * self.size


def frame_of(lines: Sequence[PrintedLine], right: float | None = None) -> Frame:
    """The frame that printed lines were set in. ``right``: where lines may end, if that is known."""
    size = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    left = _edge(sorted(line.left for line in body), size)
    last = -_edge(sorted(-line.hung for line in body), size)
    pitches = sorted(
        below.middle - line.middle
        for line, below in pairwise(body)
        if line.page == below.page and size * 0.8 < below.middle - line.middle < size * 5
    )
    pitch = pitches[int(len(pitches) * _TIGHT)] if pitches else size * 2
    indented = sum(_INDENT[0] * size < line.left - left < _INDENT[1] * size for line in body)
    spaced = sum(each > pitch + _GAP * size for each in pitches)
    return Frame(
        left, max(last, right or last), size, pitch, indented > len(body) * _SHARE, spaced > len(pitches) * _SHARE
    )


def _edge(places: Sequence[float], size: float) -> float:
    """The outermost place that a second line shares."""
    return next((place for place, after in pairwise(places) if after - place < size / 2), places[0])


def paragraphs(framed: Iterable[tuple[PrintedLine, Frame]]) -> Iterator[str]:
    """Join the lines that belong together, across pages too."""
    current: list[PrintedLine] = []
    for line, frame in framed:
        if current and not _goes_on(current, line, frame):
            yield _joined(current)
            current = []
        current.append(line)
    if current:
        yield _joined(current)


def _goes_on(paragraph: Sequence[PrintedLine], line: PrintedLine, frame: Frame) -> bool:
    """Whether ``line`` goes on with the paragraph. A title that is broken stands in the middle on every line."""
    last = paragraph[-1]
    same_page = last.page == line.page
    if (
        _ANNEX.fullmatch(last.text)
        or _ANNEX.fullmatch(line.text)
        or abs(last.size - line.size) > _SAME_SIZE * last.size
    ):
        return False
    if line.text[0] in CLOSING or last.text[-1] in OPENING:
        return True
    if all(map(frame.is_centred, (*paragraph, line))) and same_page:
        large = line.size > _TITLE_SIZE * frame.size and line.middle - last.middle < _TITLE_PITCH * line.size
        full = not frame.ends_early(last, line) and line.left - frame.left > _INDENT[0] * frame.size
        if large or full:
            said = last.text.endswith(_SENTENCE_END) and not large
            return not (said or _BEGINS.match(line.text) or _NOT_OF_A_TITLE.fullmatch(line.text))
    if frame.ends_early(last, line) or line.left - frame.left > _INDENT[0] * frame.size:
        return False
    if same_page and line.middle - last.middle > frame.pitch + _GAP * frame.size:
        return False
    told = frame.indented or (frame.spaced and same_page)
    return not (_BEGINS.match(line.text) and (not told or last.text.endswith(_SENTENCE_END)))


def _joined(lines: Sequence[PrintedLine]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        around = text[-1] + line.text[0]
        parted = around.isascii() and around.isalnum() and not around.isdigit()
        text += f" {line.text}" if parted else line.text
    return text
