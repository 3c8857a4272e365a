"""A corpus of several places and years, small but for the district's own plan: whose notice says what is known."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.corpus import Corpus, CorpusNotice
from ingest.document import read_document
from ingest.parser import parse

HOME, BEFORE, CITY, NATION = "hongkou-2025", "hongkou-2024", "shanghai-2025", "nation-2019"
TAIAN, LUOHU, CANGNAN = "taian-2026", "luohu-2026", "cangnan-2026"


@dataclass(frozen=True)
class SmallNotice:
    """A notice in plain text with what its operator states of it."""

    id: str
    region: str
    title: str
    issuer: str
    issued_on: date | None
    body: str
    number: str = ""

    @property
    def text(self) -> str:
        """The whole document."""
        issued = f"{self.issued_on.year}年{self.issued_on.month}月{self.issued_on.day}日" if self.issued_on else ""
        return "\n".join(filter(None, (self.title, self.number, "各有关单位:", self.body.strip(), self.issuer, issued)))

    @property
    def stated(self) -> str:
        """Its notice.toml."""
        fields = {"title": self.title, "issuer": self.issuer, "region": self.region}
        lines = [f'{name} = "{value}"' for name, value in fields.items()]
        return "\n".join((*lines, f"issued_on = {self.issued_on}" if self.issued_on else "")) + "\n"


NOTICES = (
    SmallNotice(
        BEFORE,
        "上海市虹口区",
        "虹口区聚焦提升企业感受持续打造国际一流营商环境行动方案(2024年)",
        "虹口区人民政府办公室",
        date(2024, 3, 1),
        """
为优化营商环境,制定本方案。
一、优化服务
1.首店引进
对在本区新开的首店给予开业奖励和选址帮助。(牵头单位:区商务委;配合单位:区投促办)
2.夜间经济
支持夜市错时开放,发放夜间经营示范街区奖励。(牵头单位:区商务委;配合单位:区气象局)
""",
    ),
    SmallNotice(
        CITY,
        "上海市",
        "上海市持续优化营商环境行动方案",
        "上海市人民政府办公厅",
        date(2025, 2, 1),
        """
为优化营商环境,制定本方案。
一、深化改革
1.低空物流审批
为无人机配送企业开通低空物流航线审批通道,缩短审批时间。(牵头单位:市交通委、市发展改革委)
2.远洋渔船补给
为远洋渔船提供保税燃油补给便利。(牵头单位:市商务委;配合单位:市税务局)
""",
        number="沪府办〔2025〕2号",
    ),
    SmallNotice(
        TAIAN,
        "山东省泰安市",
        "泰安市支持泰山茶产业发展实施意见",
        "泰安市人民政府办公室",
        date(2026, 5, 7),
        """
为支持泰山茶产业发展,提出如下意见。
一、扩大种植
1.建设茶园
对新建标准化茶园的企业给予补助,补助标准为每亩2000元。(责任单位:市农业农村局、市财政局)
2.培育品牌
支持企业注册泰山茶商标,组织品牌推介会。(责任单位:市市场监管局、市商务局)
二、拓展市场
3.开设门店
支持企业到外地开设泰山茶直营门店,给予房租补贴。(责任单位:市商务局)
""",
        number="泰政办发〔2026〕1号",
    ),
    SmallNotice(
        LUOHU,
        "深圳市罗湖区",
        "罗湖区支持黄金珠宝产业发展若干措施",
        "罗湖区人民政府办公室",
        date(2026, 4, 24),
        """
为支持黄金珠宝产业发展,制定本措施。
第一条 空间支持
(一)房租补贴。对租用珠宝产业楼宇的企业给予房租补贴。(责任单位:区住房建设局)
(二)装修补贴。对珠宝展厅的装修费用给予补贴。(责任单位:区投资促进局)
第二条 设计大赛
每年举办一次珠宝设计大赛,获奖作品给予奖金。(责任单位:区投资促进局)
第三条 直播基地
建设珠宝直播基地,为主播提供培训。(责任单位:区人力资源局)
""",
    ),
    SmallNotice(
        CANGNAN,
        "浙江省温州市苍南县",
        "苍南县加快印刷包装产业发展若干举措",
        "苍南县人民政府办公室",
        date(2026, 4, 28),
        """
为加快印刷包装产业发展,制定如下举措。
一、绿色改造
对印刷企业更换水性油墨设备给予补助。(责任单位:*县经信局、县财政局)
二、设备融资
对印刷企业购置数码印刷机的贷款给予贴息。(责任单位:*县金融服务中心、县经信局)
""",
    ),
    SmallNotice(
        NATION,
        "全国",
        "国务院关于促进综合保税区高水平开放高质量发展的若干意见",
        "国务院",
        date(2019, 1, 12),
        """
为促进综合保税区发展,提出以下意见。
一、主要任务
1.拓展两个市场
积极稳妥地在综合保税区推广增值税一般纳税人资格试点。(税务总局、财政部、海关总署负责,排在第一位的部门为牵头部门,下同)
2.提前适用政策
自国务院批准设立综合保税区之日起,对入区企业进口自用的机器设备提前适用政策。(海关总署、财政部负责)
""",
        number="国发〔2019〕3号",
    ),
)


BARE = SmallNotice(
    "cixi-2026",
    "浙江省宁波市慈溪市",
    "慈溪市支持家电产业发展若干措施",
    "",
    None,
    """
为支持家电产业发展,制定本措施。
第一条 设计奖励
对获得国际设计奖的家电产品给予奖励。
第二条 出口补贴
对家电产品出口给予运费补贴。
""",
)
"""Prints neither who issued it nor when, nor any department."""


def several(own: Corpus, folder: Path) -> Corpus:
    """The district's own corpus with the notices beside it; nothing is written but their texts, into ``folder``."""
    home = replace(own.notice(HOME), supersedes=BEFORE)
    return Corpus((home, *(_loaded(notice, folder) for notice in (*NOTICES, BARE))), own.stated)


def _loaded(notice: SmallNotice, folder: Path) -> CorpusNotice:
    path = folder / f"{notice.id}.txt"
    path.write_text(notice.text, encoding="utf-8")
    return CorpusNotice(notice.id, notice.region, parse(read_document(path)).notice, questions=())


def write_several(corpus_dir: Path) -> None:
    """Add the notices to a corpus that holds the district's own plan, which supersedes the one of the year before."""
    for notice in (*NOTICES, BARE):
        folder = corpus_dir / notice.id
        folder.mkdir()
        path = folder / "notice.txt"
        path.write_text(notice.text, encoding="utf-8")
        odd = [f'"{oddity.message}"' for oddity in parse(read_document(path)).oddities]
        (folder / "notice.toml").write_text(f"{notice.stated}accepted = [{', '.join(odd)}]\n", encoding="utf-8")
    own = corpus_dir / HOME / "notice.toml"
    own.write_text(f'{own.read_text(encoding="utf-8")}\nsupersedes = "{BEFORE}"\n', encoding="utf-8")
