"""A page of a PDF as PDFium sees it: characters and ruling lines with their places.

PDFium reads the PDFs of browsers, with their many embedded fonts, ten times as fast as readers written in Python do.
"""

import ctypes
import math
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document.limits import MAX_PATHS, too_large
from ingest.document.ruling import Place, edges_of

_FORMS_DEEP = 5
_SMALLEST = 1.0
_ASLANT = 0.1
_ASCENT = 0.88
_WIDE = ("W", "F")
_BROKEN = 0xFFFD


class Char(NamedTuple):
    """A character with its place in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """Its height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page. ``edges`` are straight lines in the form that pdfplumber's table finder takes."""

    number: int
    height: float
    bbox: tuple[float, float, float, float]
    chars: list[Char]
    edges: list[dict[str, Any]]
    has_picture: bool


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Read one page. Raises DocumentRefused if it is drawn with too many lines."""
    width, height = page.get_size()
    place = _placing(page)
    chars = [
        char
        for char in _chars(page, place)
        if char.size > _SMALLEST and -_SMALLEST <= char.left <= width and -_SMALLEST <= char.top <= height
    ]
    edges: list[dict[str, Any]] = []
    has_picture = False
    for count, found in enumerate(page.get_objects(max_depth=_FORMS_DEEP)):
        if count > MAX_PATHS:
            raise too_large(f"第{number + 1}页有{MAX_PATHS}个以上的图形")
        has_picture = has_picture or found.type == pdfium.FPDF_PAGEOBJ_IMAGE
        if found.type == pdfium.FPDF_PAGEOBJ_PATH:
            edges += edges_of(found, place, width, height)
            if len(edges) > MAX_PATHS:
                raise too_large(f"第{number + 1}页有{MAX_PATHS}条以上的线")
    return Page(number, height, (0, 0, width, height), chars, edges, has_picture)


def _placing(page: pypdfium2.PdfPage) -> Place:
    """From the coordinates of a PDF, upwards from its lower left corner, to those of the page as it is shown."""
    left, bottom, right, top = page.get_cropbox()

    def placed(x: float, y: float) -> tuple[float, float]:
        match page.get_rotation():
            case 90:
                return y - bottom, x - left
            case 180:
                return right - x, y - bottom
            case 270:
                return top - y, right - x
            case _:
                return x - left, top - y

    return placed


def _chars(page: pypdfium2.PdfPage, place: Place) -> Iterator[Char]:
    """The characters that are printed upright: watermarks stand aslant.

    Boxes are made from origin and size: those of PDFium are as low as 一 is in the fonts that browsers embed.
    """
    text = page.get_textpage()
    turned = math.radians(page.get_rotation())
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, at) or not pdfium.FPDFText_GetMatrix(text, at, ctypes.byref(matrix)):
            continue
        angle = math.atan2(matrix.b, matrix.a)
        if abs(math.sin(angle - turned)) > _ASLANT or math.cos(angle - turned) < 0:
            continue
        code = pdfium.FPDFText_GetUnicode(text, at)
        if not 0 < code < sys.maxunicode or pdfium.FPDFText_HasUnicodeMapError(text, at):
            code = _BROKEN
        pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
        size = pdfium.FPDFText_GetFontSize(text, at)
        width, height = size * math.hypot(matrix.a, matrix.b), size * math.hypot(matrix.c, matrix.d)
        if unicodedata.east_asian_width(chr(code)) not in _WIDE:
            far = (box.right - x.value, box.top - y.value, x.value - box.left, y.value - box.bottom)
            width = max(0.0, far[page.get_rotation() // 90])
        along, up = (math.cos(turned), math.sin(turned)), (-math.sin(turned), math.cos(turned))
        above = place(x.value + up[0] * height * _ASCENT, y.value + up[1] * height * _ASCENT)
        low = height * (_ASCENT - 1)
        below = place(x.value + along[0] * width + up[0] * low, y.value + along[1] * width + up[1] * low)
        yield Char(chr(code), *above, *below)
