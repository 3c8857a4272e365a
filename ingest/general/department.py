"""Names of departments in a printed list: split as printed, tails such as 等有关部门 left off."""

import re
from collections.abc import Sequence

from ingest.general.brackets import is_balanced, split_outside
from ingest.general.notation import notation

MARKS = "*＊★☆▲△●※"
_LONGEST = 40
_SEPARATORS = "、,，;；/"
_JOINED = re.compile(r"(?:和|及|以及|与|会同)(?=(?:省|市|区|县|州|镇|各|国家|中国|中央)[^级])")
_HALF = re.compile(r"各(?:有关)?[省市区县镇乡]")
_OTHER_HALF = re.compile(r"(?!各)[省市区县镇乡街][^、,，]{0,8}(?:政府|管委会|街道|办事处)|县级市")
_ASIDE = re.compile(r"[(（〈][^()（）〈〉]*下同[)）〉]")
_BLANK = re.compile(r"[ \t\u3000\xa0]+")
_BRACKET = re.compile(r"[(（〔\[][^()（）〔〕\[\]]*[)）〕\]]$")


def split_names(text: str) -> tuple[str, ...]:
    """The names of a printed list, in order and as printed, without tails; marks before a name are kept."""
    names: list[str] = []
    for piece in _joined(split_outside(_ASIDE.sub("", text), _SEPARATORS)):
        names += [name for each in _parted(piece.strip()) if (name := without_tail(each))]
    return tuple(names)


def _joined(pieces: Sequence[str]) -> list[str]:
    """各区、县(市)政府 is one name: 政府 belongs to both halves."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _HALF.fullmatch(joined[-1].strip()) and _OTHER_HALF.fullmatch(piece.strip()):
            joined[-1] += f"、{piece.strip()}"
        else:
            joined.append(piece)
    return joined


def without_tail(name: str) -> str:
    """``name`` without 等有关部门 and the like at its end; a group that is named as such (有关区县) stays."""
    name = name.strip().rstrip("。.;；:：").strip()
    if name.startswith(notation().generic_beginnings):
        return name
    return notation().tail.sub("", name).strip()


def is_department(name: str) -> bool:
    """Whether ``name`` reads like the name of an office, or of a group of offices."""
    bare = name.lstrip(MARKS)
    if not 2 <= len(bare) <= _LONGEST or not is_balanced(bare) or re.search(r"[。,，:：;；!！?？“”《》]", bare):
        return False
    words = notation()
    stem = _BRACKET.sub("", bare) or bare
    return stem.endswith(words.department_endings) or stem.startswith(words.generic_beginnings)


def _parted(piece: str) -> list[str]:
    """A piece without separators in its names: joined by 和 before another office, or parted by blanks alone."""
    parts: list[str] = []
    begin = 0
    for match in _JOINED.finditer(piece):
        if is_department(piece[begin : match.start()]):
            parts.append(piece[begin : match.start()])
            begin = match.end()
    parts.append(piece[begin:])
    return [name for part in parts for name in _by_blanks(part)]


def _by_blanks(part: str) -> list[str]:
    words = _BLANK.split(part)
    return words if len(words) > 1 and all(map(is_department, words)) else [_BLANK.sub("", part)]
