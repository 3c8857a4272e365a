"""Two years of one series, small, in the notation of the district's web page: what changed between them is known."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.ingest.notices import TITLE, WrittenMeasure, WrittenNotice

OLDER, NEWER = "test-2024", "test-2025"
REGION = "上海市测试区"
_ISSUER = "测试区人民政府办公室"
_WRITTEN_ON = date(2025, 3, 7)

INVOICES = WrittenMeasure("纳税服务", "推广数字化电子发票。办税服务厅转型升级为企业服务中心。", ("区税务局",))
ARBITRATION = WrittenMeasure("法律服务", "设立仲裁服务中心。为企业提供商事调解。", ("区司法局",), ("区法院",))
TRADE = WrittenMeasure("外贸服务", "帮助企业拓展海外市场。开展境外投资备案指导。", ("区商务委",))
FAIRS = WrittenMeasure("会展服务", "支持企业参加境内外重点展会。", ("区商务委",))
DATA = WrittenMeasure("数据服务", "推进公共数据授权运营。建立企业数据专员制度。", ("区数据局",))
TAX_RULINGS = WrittenMeasure("税收服务", "落实税收事先裁定。", ("市税务局",))

ABROAD = ("我们想去海外投资,备案找哪个部门?", "境外投资备案谁负责", "公司要拓展海外市场,找谁帮忙?")
DISPUTES = ("和客户有合同纠纷,哪里能调解?", "商事仲裁找哪个部门", "客户拖欠货款,找谁调解?")
FAIR_QUESTIONS = ("想参加境外展会,有没有支持?", "参加展会找哪个部门", "境内外重点展会谁负责")
NO_QUESTIONS: Mapping[str, Sequence[str]] = {}


def older_notice() -> WrittenNotice:
    """2024: taxes, law, trade, fairs; one municipal item."""
    return WrittenNotice([[[INVOICES, ARBITRATION], [TRADE, FAIRS]]], [TAX_RULINGS])


def newer_notice() -> WrittenNotice:
    """2025: fairs are gone, data is new and stands first, trade has another lead, law a court less and new words."""
    arbitration = replace(
        ARBITRATION, text="设立仲裁服务中心。为企业提供商事调解和法律体检。", cooperating=("区数据局",)
    )
    trade = replace(TRADE, lead=("区数据局",))
    return WrittenNotice([[[DATA, INVOICES, arbitration], [trade]]], [TAX_RULINGS])


def write_year(
    corpus_dir: Path,
    notice_id: str,
    notice: WrittenNotice,
    supersedes: str = "",
    questions: Mapping[str, Sequence[str]] = NO_QUESTIONS,
) -> None:
    """Put a notice, with the questions of its sources, into a corpus folder as the edition of the id's year."""
    folder, year = corpus_dir / notice_id, int(notice_id.rpartition("-")[2])
    title, issued_on = f"{TITLE}({year}年)", _WRITTEN_ON.replace(year=year)
    folder.mkdir(parents=True)
    text = notice.text().replace(TITLE, title).replace(f"{_WRITTEN_ON.year}年", f"{year}年")
    (folder / "notice.txt").write_text(text, encoding="utf-8")
    stated = [f'title = "{title}"', f'issuer = "{_ISSUER}"', f"issued_on = {issued_on}", f'region = "{REGION}"']
    stated += [f'supersedes = "{supersedes}"'] if supersedes else []
    (folder / "notice.toml").write_text("\n".join(stated), encoding="utf-8")
    banked = [
        json.dumps({"source": source, "question": question, "origin": "test"}, ensure_ascii=False)
        for source, asked in questions.items()
        for question in asked
    ]
    (folder / "questions.jsonl").write_text("\n".join(banked), encoding="utf-8")


def write_two_years(corpus_dir: Path) -> None:
    """The editions of 2024 and 2025; the newer supersedes the older."""
    write_year(corpus_dir, OLDER, older_notice(), questions={"M3": ABROAD, "M4": FAIR_QUESTIONS})
    write_year(corpus_dir, NEWER, newer_notice(), OLDER, questions={"M3": DISPUTES, "M4": ABROAD})
