"""Regions: where a notice is in force, which regions contain which, and what people call them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from pypinyin import lazy_pinyin

from ingest.region import NATION

RegionLevel = Literal["national", "province", "municipal", "district", "county"]
REGION_LEVELS: tuple[RegionLevel, ...] = get_args(RegionLevel)

_PARTS = re.compile(
    r"(?P<province>.{2,8}?(?:省|自治区))?(?P<municipal>.{2,9}?(?:市|自治州|地区|盟))?(?P<rest>.+)?", re.DOTALL
)
_ENDING = re.compile(r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:[一-鿿]族)?自治[州县旗]|地区|新区|[省市区县旗盟])$")
_SHORTEST_SPELLED = 5
"""Shorter names in Latin letters are too easily parts of words or other names."""
_COUNTY = re.compile(r"[县旗市]$")


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its full name (上海市虹口区); 全国 is the whole country, an empty name one that nothing tells."""

    name: str

    @property
    def parts(self) -> tuple[tuple[RegionLevel, str], ...]:
        """The levels that the name spells out, the widest first: municipal 上海市, district 虹口区."""
        return _read(self.name)

    @property
    def level(self) -> RegionLevel | None:
        """The level of the region itself; None if nothing tells."""
        return self.parts[-1][0] if self.parts else None

    @property
    def short(self) -> str:
        """Its own part of the full name: 虹口区."""
        return self.parts[-1][1] if self.parts else self.name

    @property
    def everyday_names(self) -> tuple[str, ...]:
        """What people call it: 虹口区, 虹口, and in Latin letters hongkou."""
        if self.level == "national":
            return NATION.offices
        names = names_of_part(self.short)
        spelled = "".join(lazy_pinyin(names[-1], errors="ignore")) if names else ""
        return (*names, spelled) if len(spelled) >= _SHORTEST_SPELLED else names

    def contains(self, other: "Region") -> bool:
        """Whether ``other`` is this region or lies in it."""
        if not self.name or not other.name:
            return self.name == other.name
        return self.level == "national" or other.name.startswith(self.name)


def names_of_part(part: str) -> tuple[str, ...]:
    """A part of a region's name with and without its ending: 虹口区, 虹口."""
    bare = _ENDING.sub("", part)
    return (part, bare) if len(bare) > 1 and bare != part else (part,) if part else ()


@cache
def _read(name: str) -> tuple[tuple[RegionLevel, str], ...]:
    if name == NATION.name:
        return (("national", name),)
    match = _PARTS.fullmatch(name)
    if not name or match is None:
        return ()
    rest: RegionLevel = "county" if _COUNTY.search(match["rest"] or "") else "district"
    parts: tuple[tuple[RegionLevel, str | None], ...] = (
        ("province", match["province"]),
        ("municipal", match["municipal"]),
        (rest, match["rest"]),
    )
    return tuple((level, part) for level, part in parts if part)
