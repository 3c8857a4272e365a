"""The straight lines that a page of a PDF is ruled with."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document.limits import MAX_PATHS

Place = Callable[[float, float], tuple[float, float]]
"""From the coordinates of a PDF to those of the page as it is shown, from its upper left corner."""

_STRAIGHT = 1.0
_AT_BORDER = 3.0


def _is_drawn(path: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def edges_of(path: pypdfium2.PdfObject, place: Place, width: float, height: float) -> Iterator[dict[str, Any]]:
    """The straight lines of a path as pdfplumber's table finder takes them, except those at the page's border."""
    if not _is_drawn(path):
        return
    matrix = path.get_matrix()
    if path.container:
        matrix = matrix.multiply(path.container.get_matrix())
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for at in range(min(pdfium.FPDFPath_CountSegments(path), MAX_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = place(*matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
            yield from _edge(last, point, width, height)
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield from _edge(point, start, width, height)
        last = point


def _edge(
    one: tuple[float, float], other: tuple[float, float], width: float, height: float
) -> Iterator[dict[str, Any]]:
    (left, right), (top, bottom) = map(sorted, zip(one, other, strict=True))
    across, down = right - left, bottom - top
    if across < _STRAIGHT < down and _AT_BORDER < left < width - _AT_BORDER:
        yield _described("v", left, left, top, bottom)
    elif down < _STRAIGHT < across and _AT_BORDER < top < height - _AT_BORDER:
        yield _described("h", left, right, top, top)


def _described(orientation: str, left: float, right: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
    }
