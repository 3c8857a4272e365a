"""Notices made up from lists of words, in the notation of the district's web page, the same for the same number."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MEASURES = 50
HOME = "上海市虹口区"
"""Half of the notices are of this region, the others of a hundred made-up ones."""

_NUMERALS = "一二三四五六七八九十"
_DISTRICTS = [f"{first}{second}" for first in "临东西南北安永长新和" for second in "江湖山林桥溪泉河城原"]
_words: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_VERBS, _FIELDS, _OBJECTS = _words["verbs"], _words["fields"], _words["objects"]
_MEANS, _AIMS, _OFFICES = _words["means"], _words["aims"], _words["offices"]


@dataclass(frozen=True, slots=True)
class _Measure:
    title: str
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]


def write_notice(corpus_dir: Path, number: int) -> str:
    """Write notice ``number`` into a corpus folder; its id."""
    chance = random.Random(number)  # noqa: S311 - nothing here is secret
    region = HOME if number % 2 else f"上海市{_DISTRICTS[number // 2 % len(_DISTRICTS)]}区"
    issued = date(2018 + number % 8, 1 + number % 12, 1 + number % 28)
    issuer = f"{region}人民政府办公室"
    title = f"{region}{''.join(chance.sample(_FIELDS, 2))}行动方案({issued.year}年第{number}号)"
    folder = corpus_dir / f"synthetic-{number:04}"
    folder.mkdir()
    (folder / "notice.txt").write_text("\n\n".join(_lines(chance, issuer, title, issued)) + "\n", encoding="utf-8")
    (folder / "notice.toml").write_text(
        f'title = "{title}"\nissuer = "{issuer}"\nissued_on = {issued}\nregion = "{region}"\n', encoding="utf-8"
    )
    return folder.name


def _lines(chance: random.Random, issuer: str, title: str, issued: date) -> Iterator[str]:
    measures = [_measure(chance) for _ in range(MEASURES)]
    printed = f"{issued.year}年{issued.month}月{issued.day}日"
    yield from (
        f"{issuer}关于印发《{title}》的通知",
        f"字号:府办〔{issued.year}〕{chance.randint(1, 99)}号",
        "各有关单位:",
    )
    yield from ("现印发给你们,请按照执行。", issuer, printed, title, f"为{chance.choice(_AIMS)},制定本方案。")
    outline = [f"{chance.choice(_VERBS)}{field}" for field in chance.sample(_FIELDS, len(_NUMERALS))]
    yield from _body(outline, measures)
    yield from ("附件:", "1.市级改革事项", "2.责任分工表", "附件1", "市级改革事项", "(主要涉及1项改革举措)")
    item = _measure(chance)
    yield from ("序号", "改革事项", "上海市牵头", "条线部门", "一、深化改革", f"1.{item.title}", "\xa0", item.text)
    yield from (f"市{item.lead[0].removeprefix('区')}", "附件2", "责任分工表", "(标记★是本区提出的)")
    yield from ("序号", "改革事项", "牵头单位", "配合单位")
    yield from _table(outline, measures)
    yield "分享:"


def _body(outline: Sequence[str], measures: Sequence[_Measure]) -> Iterator[str]:
    for number, heading, measure in _numbered(outline, measures):
        yield from heading
        joined = f";配合责任单位:{'、'.join(measure.cooperating)}" if measure.cooperating else ""
        yield f"{number}.{measure.title}"
        yield f"{measure.text}(牵头单位:{'、'.join(measure.lead)}{joined})"


def _table(outline: Sequence[str], measures: Sequence[_Measure]) -> Iterator[str]:
    for number, heading, measure in _numbered(outline, measures):
        yield from heading
        yield from (f"{number}.{measure.title}", "\xa0", measure.text)
        yield from (_cell(measure.lead), _cell(measure.cooperating) or "\xa0")


def _numbered(outline: Sequence[str], measures: Sequence[_Measure]) -> Iterator[tuple[int, list[str], _Measure]]:
    """The measures with their numbers and the headings before them: ten sections in five parts."""
    each = len(measures) // len(outline)
    for at, measure in enumerate(measures):
        section, first = divmod(at, each)
        heading = [] if first else [f"({_NUMERALS[section]}){outline[section]}"]
        if not first and section % 2 == 0:
            heading.insert(0, f"{_NUMERALS[section // 2]}、着力{outline[section]}")
        yield at + 1, heading, measure


def _measure(chance: random.Random) -> _Measure:
    verbs, fields = chance.sample(_VERBS, 6), chance.sample(_FIELDS, 3)
    objects, means, aims = (
        chance.sample(_OBJECTS, 6),
        chance.sample(_MEANS, 2),
        chance.sample(_AIMS, 2),
    )
    offices = [f"区{name}" for name in chance.sample(_OFFICES, chance.randint(1, 4))]
    text = (
        f"{means[0]},{verbs[0]}{fields[0]}{objects[0]},{verbs[1]}{objects[1]},{aims[0]}。"
        f"{means[1]},{verbs[2]}{fields[1]}{objects[2]}和{objects[3]},{aims[1]}。"
        f"{verbs[3]}{fields[2]}{objects[4]},{verbs[4]}{objects[5]}。"
    )
    return _Measure(f"{verbs[5]}{fields[0]}{objects[0]}", text, tuple(offices[:1]), tuple(offices[1:]))


def _cell(names: Sequence[str]) -> str:
    return "\n\n".join([f"{name}、" for name in names[:-1]] + [*names[-1:]])
