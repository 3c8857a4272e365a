"""CSV as Excel and the hotlines' systems write it, in whatever encoding and with whatever separator."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from api.sheets import Row, printable
from ingest.errors import SheetError

_SEPARATORS = ",\t;"
_SAMPLE = 50
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
"""How some systems keep Excel from reading an id as a number."""
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\n]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\n]")


def read_csv(name: str, content: bytes) -> Iterator[Row]:
    """The rows in order, Raises SheetError for what is no text file."""
    text = _decode(content)
    if "\0" in text or content.startswith(b"PK\x03\x04"):
        raise SheetError(f"“{name}”不是文本文件,读不了。", "如果它是 Excel 工作簿,请把文件名改为以 .xlsx 结尾。")
    lines = list(io.StringIO(text, newline=""))
    return _records(lines, _separator(lines))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the byte order mark without which Excel takes it for GBK."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    for cells in (header, *rows):
        writer.writerow([_guard(printable(cell)) for cell in cells])
    return target.getvalue().encode("utf-8-sig")


def _guard(cell: str) -> str:
    # One more apostrophe than there was, so that _unguard gives back exactly what was written.
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguard(cell: str) -> str:
    if formula := _TEXT_FORMULA.fullmatch(cell):
        return formula[1]
    return cell[1:] if _GUARDED.match(cell) else cell


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if (zeros := content.count(b"\0")) and len(content) % 2 == 0:
        little = content[1::2].count(b"\0") * 2 > zeros
        return content.decode("utf-16-le" if little else "utf-16-be", "replace")
    text = content.decode("utf-8-sig", "replace")
    # GB18030 reads most UTF-8 without an error, as gibberish; UTF-8 stumbles over GB18030 at nearly every character.
    # So one damaged byte must not turn a UTF-8 file into GB18030.
    damaged = text.count("\ufffd")
    sound = sum(not char.isascii() for char in text) - damaged
    return text if damaged <= sound or not damaged else content.decode("gb18030", "replace")


def _separator(lines: Sequence[str]) -> str:
    def agreement(separator: str) -> tuple[int, int]:
        widths = Counter(len(row.cells) for row in islice(_records(lines, separator), _SAMPLE) if any(row.cells))
        width, rows = widths.most_common(1)[0] if widths else (1, 0)
        return (rows, width) if width > 1 else (0, 0)

    best = max(_SEPARATORS, key=agreement)
    return best if any(agreement(best)) else ","


def _records(lines: Sequence[str], separator: str) -> Iterator[Row]:
    # A quote that is never closed would swallow every ticket up to the next quote: only its own line is given up.
    start = 0
    while start < len(lines):
        first = start
        reader = csv.reader(map(lines.__getitem__, range(first, len(lines))), delimiter=separator, strict=True)
        try:
            for cells in reader:
                yield Row(start + 1, tuple(map(_unguard, cells)))
                start = first + reader.line_num
        except csv.Error:
            problem = "引号没有配对,或一格内容过长,这一行读不了"
            yield Row(start + 1, (lines[start].rstrip("\r\n"),), problem)
            start += 1
