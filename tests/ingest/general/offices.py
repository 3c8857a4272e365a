"""Invented places and the offices that notices of theirs name."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """``prefix``: what the names of its offices begin with (区); ``generic``: addressees that are no single office."""

    name: str
    prefix: str
    issuer: str
    code: str
    offices: Sequence[str]
    generic: Sequence[str]

    def elided(self, names: Sequence[str]) -> list[str]:
        """The same list with the prefix printed once: 省科技厅、教育厅."""
        first, *others = names
        if not first.startswith(self.prefix):
            return list(names)
        # 区委 is no office of the 区 government: its prefix is never left out.
        return [first, *(name.removeprefix(self.prefix) if self._governmental(name) else name for name in others)]

    def _governmental(self, name: str) -> bool:
        return name.startswith(self.prefix) and not name.startswith((f"{self.prefix}委", f"{self.prefix}法"))


def _district(name: str, prefix: str, code: str, generic: Sequence[str]) -> Place:
    names = (
        *("发展改革局", "科技局", "财政局", "人力社保局", "住建局", "商务局", "市场监管局", "税务局", "数据局"),
        *("文旅体局", "行政审批服务局", "总工会", "法院", "城投集团", "消防救援支队"),
    )
    special = (
        f"{prefix}委组织部（{prefix}委人才办）",
        f"{prefix}政府办公室（{prefix}政务服务中心、{prefix}大数据中心）",
    )
    return Place(
        name=name,
        prefix=prefix,
        issuer=f"{name}人民政府办公室",
        code=code,
        offices=(*(prefix + each for each in names), *special, f"团{prefix}委", f"{name[:-1]}海关"),
        generic=generic,
    )


def _higher(name: str, prefix: str, suffix: str, code: str, generic: Sequence[str]) -> Place:
    names = ("科技", "教育", "财政", "人力资源社会保障", "工业和信息化", "文化和旅游", "交通运输", "商务", "司法")
    others = ("发展改革委", "国资委", "市场监管局", "知识产权局", "高院", "工商联", "卫生健康委")
    special = (f"{prefix}发展改革委（{prefix}数据局）", f"{prefix}委组织部（{prefix}委人才办）", "中国人民银行分行")
    return Place(
        name=name,
        prefix=prefix,
        issuer=f"{name}人民政府办公{'厅' if prefix == '省' else '室'}",
        code=code,
        offices=(*(f"{prefix}{each}{suffix}" for each in names), *(prefix + each for each in others), *special),
        generic=generic,
    )


PLACES = (
    _district("滨江区", "区", "滨政办", ("各街道", "各街道办事处", "各园区管委会", "有关街道")),
    _district("江北区", "区", "江北府办", ("各镇街", "各产业园区")),
    _district("苍南县", "县", "苍政办发", ("各乡镇", "各乡镇人民政府")),
    _higher("临海市", "市", "局", "临政办发", ("有关区县", "各区县人民政府", "各县（市、区）人民政府", "有关市级部门")),
    _higher("浙江省", "省", "厅", "浙政办发", ("各市人民政府", "各设区市人民政府")),
    Place(
        name="国家",
        prefix="",
        issuer="国务院办公厅",
        code="国办发",
        offices=(
            *("发展改革委", "科技部", "工业和信息化部", "财政部", "人力资源社会保障部", "商务部", "海关总署"),
            *(
                "税务总局",
                "市场监管总局",
                "人民银行",
                "金融监管总局",
                "证监会",
                "药监局",
                "国家知识产权局",
                "最高人民法院",
            ),
        ),
        generic=("各省级人民政府", "各地区", "各有关部门"),
    ),
)
