"""Damage of every kind to the bytes of a notice and to its text, repeatable from a seed."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from tests.ingest.document.files import zipped

Mutation = Callable[[bytes, Random], bytes]

_NESTING = (b"<div>", b"<table><tr><td>", b"<w:sdt>", b"<b><i>", b"[", b"<<", b"(", "（".encode(), "〔".encode())
_PIECES = (
    *(
        "（",
        "）",
        "(",
        ")",
        "〔",
        "〕",
        "【",
        "】",
        "、",
        "；",
        "。",
        "：",
        "牵头单位：",
        "责任单位：",
        "配合单位",
        "★",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "（1）",
        "①",
        "第一条",
        "附件1",
        "附件：",
        "\n",
        "\n\n",
        "\u3000",
        "\xa0",
        "\u200b",
        "\ufffd",
    ),
    *("\u2028", "999999999999", "2025年13月40日", "〔2025〕", "<br>", "</p>", "---\n", "省", "等有关部门"),
)


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes of a file with one to four injuries; inside a Word file, the parts are injured half of the time."""
    random = Random(seed)  # noqa: S311 — repeatable, not secret
    if not data.startswith(b"PK") or random.randrange(2):
        return _injured(data, random)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(["word/document.xml", *parts])
    return zipped({**parts, name: _injured(parts[name], random)})


def rewritten(text: str, seed: int) -> str:
    """A notice with one to twelve changes to its lines and words."""
    random = Random(seed)  # noqa: S311 — repeatable, not secret
    lines = text.splitlines()
    for _ in range(random.randint(1, 12)):
        random.choice(_CHANGES)(lines, random)
        lines = lines or [""]
    return random.choice(["\n"] * 9 + [""]).join(lines)


def _injured(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        data = random.choice(_INJURIES)(data, random)
    return data


def _flip(data: bytes, random: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(random.randint(1, 50)):
        if flipped:
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
    return bytes(flipped)


def _truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _splice(data: bytes, random: Random) -> bytes:
    piece, at = _piece(data, random), random.randint(0, len(data))
    return data[:at] + piece + data[at + random.choice([0, len(piece)]) :]


def _repeat(data: bytes, random: Random) -> bytes:
    piece, at = _piece(data, random), random.randint(0, len(data))
    return data[:at] + piece * min(random.choice([2, 20, 2000]), 1_000_000 // (len(piece) + 1)) + data[at:]


def _cut(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + data[at + random.randint(0, 2000) :]


def _nest(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(_NESTING) * random.choice([10, 1000, 20_000]) + data[at:]


def _digits(data: bytes, random: Random) -> bytes:
    """Another number where one stands: lengths, offsets, counts."""
    at = data.find(bytes([random.choice(b"123456789")]), random.randint(0, len(data)))
    return data if at < 0 else data[:at] + random.choice([b"0", b"-1", b"99999999", b"4294967295"]) + data[at + 1 :]


def _piece(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[at : at + random.choice([1, 30, 3000])]


_INJURIES: Sequence[Mutation] = (_flip, _truncate, _splice, _repeat, _cut, _nest, _digits)


def _at(lines: Sequence[str], random: Random) -> int:
    return random.randrange(len(lines))


def _drop(lines: list[str], random: Random) -> None:
    del lines[_at(lines, random)]


def _double(lines: list[str], random: Random) -> None:
    at = _at(lines, random)
    lines[at:at] = [lines[at]] * random.choice([1, 1, 5, 200])


def _swap(lines: list[str], random: Random) -> None:
    one, other = _at(lines, random), _at(lines, random)
    lines[one], lines[other] = lines[other], lines[one]


def _join(lines: list[str], random: Random) -> None:
    at = _at(lines, random)
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _insert(lines: list[str], random: Random) -> None:
    at = _at(lines, random)
    place = random.randint(0, len(lines[at]))
    many = random.choice([1] * 20 + [30, 3000])
    lines[at] = lines[at][:place] + random.choice(_PIECES) * many + lines[at][place:]


def _erase(lines: list[str], random: Random) -> None:
    at = _at(lines, random)
    place = random.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + lines[at][place + random.randint(1, 6) :]


def _shuffle(lines: list[str], random: Random) -> None:
    at = _at(lines, random)
    some = lines[at : at + 20]
    random.shuffle(some)
    lines[at : at + 20] = some


_CHANGES = (_drop, _double, _swap, _join, _insert, _insert, _insert, _erase, _erase, _shuffle)
