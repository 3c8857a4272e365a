"""Where a person lives, down to the house: a road or an estate with numbers. Districts and roads alone are kept."""

import re
from collections.abc import Iterator

import jieba

from rag.privacy.span import Span

_ROAD = r"(?:路|街|道|巷|弄堂|胡同|村|小区|花园|公寓|苑|坊|大厦|大楼|家园|花苑|名邸|华庭|雅苑|公馆|广场)"
_NUMBER = r"[甲乙丙丁]? ?(?:\d{1,5}|[一二三四五六七八九十百]{1,4})(?:[-/]\d{1,5})?[甲乙丙丁]?"
_UNIT = r"(?:支弄|弄|号楼|号门(?!口|卫)|号(?!线|口|公路)|栋|幢|座|楼|层|单元|室|房间|房|门)"
_HOUSE = rf"(?:{_NUMBER} ?{_UNIT}[甲乙丙丁]?|[A-Z][座栋幢])"
_PART = "[东西南北前后侧]门口?|门口|门卫室|亭子间|[前后]客堂|[东西南北中前后底]楼|[前后]间|灶间|三层阁|阁楼|地下室"
_BUILDING = r"[一-鿿]{2,6}(?:大厦|商厦|大楼|广场|中心|公寓)"
_DETAIL = re.compile(
    rf"{_ROAD}(?:[东西南北中]?[一-鿿]{{1,3}}(?:段|坊|村|区|期))? ?{_HOUSE}"
    rf"(?:[,、 -]?(?:(?:{_BUILDING} ?)?{_HOUSE}|{_PART}))*"
    r"(?:[- ]?\d{2,4}(?![\d年月日号点元人个万天次平]))?"
)
_TELLING = re.compile("[弄号室栋幢座]|单元")
_LONGEST_NAME, _SHORTEST_NAME = 6, 2
_PARTS_OF_NAMES = frozenset("东西南北中新老大小")
_NAME = re.compile(rf"[一-鿿]{{1,{_LONGEST_NAME}}}$")
_AROUND = re.compile(r".*[在住是于到至从寄往和与及址的了我你他她们这那去向找开租买省市区县]")


def addresses(text: str) -> Iterator[Span]:
    """Addresses with the name of the road or estate, without the district before it."""
    for match in _DETAIL.finditer(text):
        name = _name_before(text[: match.start()])
        if name and _TELLING.search(match.group()):
            yield match.start() - len(name), match.end()


def _name_before(text: str) -> str:
    """The name of a road, as far as words go back from its last character."""
    found = _NAME.search(text)
    if not found:
        return ""
    words = jieba.lcut(_AROUND.sub("", found.group()))
    name = ""
    while words and (len(name) < _SHORTEST_NAME or words[-1] in _PARTS_OF_NAMES):
        name = words.pop() + name
    return name
