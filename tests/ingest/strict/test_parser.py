import re
from datetime import date

import pytest
from hypothesis import given, settings

from ingest.corpus import CorpusNotice
from ingest.document import document_from_text
from ingest.errors import NoticeError
from ingest.notice import Notice
from ingest.settings import Settings
from ingest.strict.parser import parse_notice
from tests.ingest.notices import TITLE, WrittenNotice, notices, three_measures


def parse(text: str) -> Notice:
    return parse_notice(document_from_text(text))


class TestHongkouNotice:
    def test_its_own_facts(self, hongkou: CorpusNotice) -> None:
        notice = hongkou.notice
        assert notice.title == "虹口区聚焦提升企业感受持续打造国际一流营商环境行动方案"
        assert notice.issuer == "虹口区人民政府办公室"
        assert notice.issued_on == date(2025, 3, 7)
        assert len(notice.parts) == 5
        assert notice.section_count == 12

    def test_48_measures_20_of_them_starred_and_29_municipal_items(self, hongkou: CorpusNotice) -> None:
        notice = hongkou.notice
        assert [measure.number for measure in notice.measures] == list(range(1, 49))
        assert [item.number for item in notice.municipal_items] == list(range(1, 30))
        assert sum(bool(measure.starred) for measure in notice.measures) == 20
        assert all(item.starred is None for item in notice.municipal_items)

    def test_departments_stay_as_printed(self, hongkou: CorpusNotice) -> None:
        assert hongkou.source("M8").lead == ("区数据局", "区政府办公室(区政务服务中心)")
        assert hongkou.source("M23").cooperating[-1] == "区消防救援支队等相关部门"
        assert hongkou.source("A26").lead == (
            *("市知识产权局", "市公安局", "市市场监管局", "市高院", "市检察院"),
            *("市科委", "市教委", "市卫生健康委", "市经济信息化委"),
        )

    def test_headings_above_a_source(self, hongkou: CorpusNotice) -> None:
        assert hongkou.source("M12").outline == ("一、优化为企服务", "(三)涉外服务")
        assert hongkou.source("A16").outline[1:] == ("二、优化为企整体服务", "(二)涉外服务")

    def test_every_difference_between_body_and_annex(self, hongkou: CorpusNotice) -> None:
        found = [(source.key, discrepancy.field) for source, discrepancy in hongkou.notice.discrepancies()]
        assert found == [
            ("M2", "title"),
            ("M2", "text"),
            ("M17", "cooperating"),
            ("M20", "text"),
            ("M24", "lead"),
            ("M25", "lead"),
            ("M26", "lead"),
            ("M27", "title"),
            ("M30", "text"),
            ("M34", "label"),
            ("M36", "cooperating"),
            ("M41", "cooperating"),
            ("M43", "text"),
            ("M43", "lead"),
        ]

    def test_both_versions_of_a_difference(self, hongkou: CorpusNotice) -> None:
        (difference,) = [each for each in hongkou.source("M43").discrepancies if each.field == "lead"]
        assert (difference.body, difference.annex) == ("区信访办、区数据局", "区信访办")

    def test_offsets_lead_back_into_the_source(self, hongkou: CorpusNotice, settings: Settings) -> None:
        text = (settings.corpus_dir / hongkou.id / "notice.txt").read_text(encoding="utf-8")
        for source in (*hongkou.notice.measures, *hongkou.notice.municipal_items):
            span = text[source.start : source.end]
            assert span.startswith(f"{source.number}.{source.title}")
            assert source.text in span
            assert span.rstrip(")").endswith((source.cooperating or source.lead)[-1])


@settings(max_examples=60, deadline=None)
@given(notices)
def test_whatever_is_written_in_the_notation_is_read_back(written: WrittenNotice) -> None:
    notice = parse(written.text())
    assert notice.title == TITLE
    assert notice.document_number == "测府办〔2025〕1号"
    assert [len(part.sections) for part in notice.parts] == [len(part) for part in written.parts]
    for read, truth in zip(notice.measures, written.measures, strict=True):
        assert (read.title, read.text, read.lead, read.cooperating, read.starred) == (
            *(truth.title, truth.text, truth.lead, truth.cooperating),
            truth.starred,
        )
        assert read.discrepancies == ()
    for read, truth in zip(notice.municipal_items, written.items, strict=True):
        assert (read.title, read.text, read.lead) == (truth.title, truth.text, truth.lead)


@settings(max_examples=60, deadline=None)
@given(notices)
def test_no_character_of_a_notice_is_lost(written: WrittenNotice) -> None:
    """Taking any one line away either stops the reader or changes what was read; nothing is skipped in silence."""
    text = written.text()
    whole = parse(text)
    for line in document_from_text(text).lines:
        if line.text in ("分享:", "序号", "改革事项", "牵头单位", "配合单位", "上海市牵头", "条线部门"):
            continue
        shortened = text[: line.start] + text[line.end :]
        try:
            assert parse(shortened) != whole
        except NoticeError:
            continue


def replaced(pattern: str, replacement: str) -> str:
    text, count = re.subn(pattern, replacement, three_measures().text(), count=1, flags=re.MULTILINE)
    assert count == 1
    return text


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (replaced(r"^2\.法律服务$", "4.法律服务"), 25, "应为第2,实为第4"),
        (replaced(r"\(牵头单位:区税务局\)", ""), 21, "没有读到责任分工"),
        (replaced(r"牵头单位:区税务局", "主办单位:区税务局"), 23, "不认识的责任标签"),
        (replaced(r"^一、第一部分$", "第一部分"), 17, "不属于任何举措"),
        (replaced(r"^2025年3月7日$", "2025年13月7日"), 11, "日期无效"),
        (replaced(r"主要涉及1项", "主要涉及7项"), 45, "称共7项"),
        (replaced(r"^区司法局$\n\n区法院", "区司法局\n\n区法院\n\n区数据局"), 103, "多于2栏"),
        ("随便一段文字。\n", 1, "关于印发"),
    ],
)
def test_a_broken_notice_is_refused_with_the_line_and_what_was_expected(text: str, line: int, message: str) -> None:
    with pytest.raises(NoticeError, match=re.escape(message)) as caught:
        parse(text)
    assert caught.value.line == line
