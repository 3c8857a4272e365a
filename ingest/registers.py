"""One register of departments per region: 市财政局 is another office in every city."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.departments import Department, DepartmentRegister
from ingest.errors import UnknownDepartment
from ingest.nameplates import Row, completed
from ingest.notice import Notice, Source
from ingest.place import Region


@dataclass(frozen=True, slots=True)
class RegionalNotice:
    """What registers are made of: a notice, where it is in force, and what the operator states of its departments."""

    region: Region
    notice: Notice
    departments: tuple[Department, ...] = ()


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers by region: of the home region, of those that contain it, of others."""

    by_region: Mapping[Region, DepartmentRegister]

    def of(self, region: Region) -> DepartmentRegister:
        """The register of a region that a notice is loaded of."""
        return self.by_region[region]

    def named_in(self, text: str, regions: Iterable[Region]) -> frozenset[str]:
        """Canonical names of the departments that ``text`` names; of the first region that knows a name."""
        names: set[str] = set()
        for region in dict.fromkeys(regions):
            register = self.by_region[region]
            names |= register.named_in(text)
            text = register.replaced_in(text, " ")
        return frozenset(names)

    def get(self, name: str, region: Region | None = None) -> tuple[Region, Department]:
        """The department of that name, of one region, or the home region's, or the only other one.

        Raises UnknownDepartment.
        """
        wanted = list(self.by_region) if region is None else [each for each in self.by_region if each == region]
        found = [(each, department) for each in wanted if (department := self.by_region[each].find(name))]
        if found and (len(found) == 1 or found[0][0] == next(iter(self.by_region))):
            return found[0]
        if found:
            places = "、".join(each.name for each, _ in found)
            raise UnknownDepartment(f"“{name}”在几处都有:{places}。", "请用 region 说明是哪里的,或用 notice 指定通知。")
        raise UnknownDepartment(f"没有名为“{name}”的部门。", "可用 GET /v1/departments 查看全部部门。")


def registers_of(stated: DepartmentRegister, home: Region, notices: Sequence[RegionalNotice]) -> Registers:
    """The registers of all regions. ``stated`` are the home region's departments as far as the operator states them."""
    by_region = {home: completed(DepartmentRegister(stated.departments, home), _rows(notices, home))}
    places = dict.fromkeys(each.region for each in notices)
    for region in sorted(places, key=lambda place: not place.contains(home)):
        if region in by_region:
            continue
        # The city's offices are the same, whether its own plan or a district's prints them.
        inherited = stated.departments if region.contains(home) else ()
        own = tuple(each for entry in notices if entry.region == region for each in entry.departments)
        known = (*own, *(each for each in inherited if each.level == region.level))
        rows = tuple(_rows(notices, region))
        whole = completed(DepartmentRegister(known, region), rows)
        printed = set(whole.canonical(name for row in rows for name in row)) | {each.name for each in own}
        named = tuple(each for each in whole.departments if each.name in printed)
        by_region[region] = DepartmentRegister(named, region)
    return Registers(by_region)


def _rows(notices: Sequence[RegionalNotice], region: Region) -> Iterator[Row]:
    for entry in notices:
        if entry.region == region:
            for source in entry.notice.sources:
                yield from _rows_of(source)


def _rows_of(source: Source) -> Iterator[Row]:
    parts = source.groups or (source,)
    for part in parts:
        yield from filter(None, (part.lead, part.responsible, part.cooperating))
