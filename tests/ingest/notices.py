"""Writing notices whose truth is known: the parser has to read back what was written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st

DISTRICT = (
    "区司法局",
    "区税务局",
    "区商务委",
    "区数据局",
    "区市场监管局",
    "区政府办公室(区政务服务中心)",
    "各街道",
    "区法院",
)
MUNICIPAL = ("市司法局", "市税务局", "市商务委", "市数据局")
NUMERALS = "一二三四五六七八九十"
TITLE = "测试区优化营商环境行动方案"


@dataclass(frozen=True)
class WrittenMeasure:
    title: str
    text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...] = ()
    starred: bool = False


@dataclass(frozen=True)
class WrittenNotice:
    """``parts``: for each part, for each of its sections, the measures in it."""

    parts: Sequence[Sequence[Sequence[WrittenMeasure]]]
    items: Sequence[WrittenMeasure] = field(default=())

    @property
    def measures(self) -> list[WrittenMeasure]:
        return [measure for part in self.parts for section in part for measure in section]

    def text(self) -> str:
        """The notice in the notation of the district's web page: body, Annex 1, Annex 2, one cell a line."""
        front = [
            f"测试区人民政府办公室关于印发《{TITLE}》的通知",
            "字号:测府办〔2025〕1号",
            "各有关单位:",
            "现印发给你们,请按照执行。",
            "测试区人民政府办公室",
            "2025年3月7日",
            TITLE,
            "为优化营商环境,制定本方案。",
        ]
        annexes = ["附件:", "1.市级改革事项", "2.责任分工表", "附件1", "市级改革事项", *self._items()]
        return "\n\n".join([*front, *self._body(), *annexes, "附件2", "责任分工表", *self._table(), "分享:"]) + "\n"

    def _body(self) -> list[str]:
        lines = []
        for line in self._numbered():
            if isinstance(line, str):
                lines.append(line)
                continue
            number, measure = line
            cooperating = f";配合责任单位:{'、'.join(measure.cooperating)}" if measure.cooperating else ""
            lines.append(f"{number}.{measure.title}")
            lines.append(f"\u2003\u2003{measure.text}(牵头单位:{'、'.join(measure.lead)}{cooperating})")
        return lines

    def _table(self) -> list[str]:
        lines = ["(标记★是本区提出的)", "序号", "改革事项", "牵头单位", "配合单位"]
        for line in self._numbered():
            if isinstance(line, str):
                lines.append(line)
                continue
            number, measure = line
            lines += [f"{number}{'★' * measure.starred}.{measure.title}", "\xa0", measure.text]
            lines += [*_cell(measure.lead), *(_cell(measure.cooperating) or ["\xa0"])]
        return lines

    def _items(self) -> list[str]:
        lines = [f"(主要涉及{len(self.items)}项改革举措)", "序号", "改革事项", "上海市牵头", "条线部门", "一、深化改革"]
        for number, item in enumerate(self.items, start=1):
            lines += [f"{number}.{item.title}", "\xa0", item.text, *_cell(item.lead)]
        return lines

    def _numbered(self) -> list[str | tuple[int, WrittenMeasure]]:
        lines: list[str | tuple[int, WrittenMeasure]] = []
        sections = measures = 0
        for part_number, part in enumerate(self.parts):
            lines.append(f"{NUMERALS[part_number]}、第{NUMERALS[part_number]}部分")
            for section in part:
                lines.append(f"({NUMERALS[sections]})第{NUMERALS[sections]}大项")
                sections += 1
                for measure in section:
                    measures += 1
                    lines.append((measures, measure))
        return lines


def _cell(departments: Sequence[str]) -> list[str]:
    """A table cell broken over lines after every 、."""
    return [f"{name}、" for name in departments[:-1]] + [*departments[-1:]]


def write_project_notice(
    corpus_dir: Path, notice: WrittenNotice, questions: Sequence[str] = (), notice_id: str = "test-2025"
) -> Path:
    """Put a notice into a corpus folder; returns its folder."""
    folder = corpus_dir / notice_id
    folder.mkdir(exist_ok=True)
    (folder / "notice.txt").write_text(notice.text(), encoding="utf-8")
    (folder / "notice.toml").write_text(
        f'title = "{TITLE}"\nissuer = "测试区人民政府办公室"\nissued_on = 2025-03-07\nregion = "测试区"\n',
        encoding="utf-8",
    )
    (folder / "questions.jsonl").write_text("".join(f"{line}\n" for line in questions), encoding="utf-8")
    return folder


def three_measures() -> WrittenNotice:
    """A small notice for tests of the index."""
    return WrittenNotice(
        parts=[
            [
                [
                    WrittenMeasure("纳税服务", "推广数字化电子发票。办税服务厅转型升级。", ("区税务局",), starred=True),
                    WrittenMeasure("法律服务", "设立仲裁服务中心。", ("区司法局",), ("区法院",)),
                ],
                [WrittenMeasure("外贸服务", "帮助企业拓展海外市场。", ("区商务委", "区数据局"))],
            ]
        ],
        items=[WrittenMeasure("税收服务", "落实税收事先裁定。", ("市税务局",))],
    )


def one_measure(title: str, text: str) -> WrittenNotice:
    """The smallest notice that there is."""
    return WrittenNotice(
        parts=[[[WrittenMeasure(title, text, ("区税务局",))]]],
        items=[WrittenMeasure("税收服务", "落实税收事先裁定。", ("市税务局",))],
    )


_words = st.text(alphabet="优化服务企业政策便利提升监管检查融资人才园区数据", min_size=2, max_size=12)
_texts = st.lists(_words, min_size=1, max_size=3).map(lambda words: "。".join(words) + "。")


def _departments(names: Sequence[str], min_size: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=min_size, max_size=4, unique=True).map(tuple)


_measures = st.builds(
    WrittenMeasure, _words, _texts, _departments(DISTRICT, 1), _departments(DISTRICT, 0), st.booleans()
)
_items = st.builds(WrittenMeasure, _words, _texts, _departments(MUNICIPAL, 1))
_sections = st.lists(_measures, min_size=1, max_size=3)

notices = st.builds(
    WrittenNotice,
    st.lists(st.lists(_sections, min_size=1, max_size=2), min_size=1, max_size=4),
    st.lists(_items, min_size=1, max_size=4),
)
"""Any notice in the notation."""
