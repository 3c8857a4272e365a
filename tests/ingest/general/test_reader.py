import pytest

from ingest.document import document_from_text
from ingest.errors import NoticeError
from ingest.general.reader import read_any
from ingest.notice import LeadRule
from ingest.parsed import Parsed

BODY = """某市关于支持企业发展的若干措施
为支持企业发展，制定本措施。
一、工作目标
到2026年，企业明显增多。
二、主要措施
{measures}
三、附则
1.本措施由市科技局解释。
2.本措施自发布之日起施行。
某市人民政府
2026年3月12日
"""


def read(measures: str) -> Parsed:
    return read_any(document_from_text(BODY.format(measures=measures)))


TWO = "1.资金支持。给予贴息。（责任单位：市财政局）\n2.人才支持。给予住房。（责任单位：市人社局）"


def test_measures_are_the_elements_that_have_departments_and_background_is_none() -> None:
    measures = read(TWO).notice.measures
    assert [(each.number, each.title, each.text, each.responsible) for each in measures] == [
        (1, "资金支持", "给予贴息。", ("市财政局",)),
        (2, "人才支持", "给予住房。", ("市人社局",)),
    ]
    assert all(each.outline == ("二、主要措施",) for each in measures)


def test_the_notice_itself_answers_for_what_belongs_to_no_measure() -> None:
    (own,) = read(TWO).notice.of_kind("notice")
    for sentence in ("为支持企业发展，制定本措施。", "到2026年，企业明显增多。", "本措施由市科技局解释。"):
        assert sentence in own.text
    assert "给予贴息" not in own.text


def test_its_own_facts_and_how_sure_they_are() -> None:
    parsed = read(TWO)
    notice = parsed.notice
    assert (notice.title, notice.issuer, str(notice.issued_on)) == (
        *("某市关于支持企业发展的若干措施", "某市人民政府"),
        "2026-03-12",
    )
    assert (parsed.region, parsed.year) == ("某市", 2026)
    assert parsed.trust_in("issued_on") == 1.0
    assert parsed.trust_in("year") < 1.0
    assert parsed.doubtful == ()


def test_a_measure_without_departments_where_others_have_some_is_doubtful() -> None:
    parsed = read(TWO + "\n3.场地支持。给予场地。")
    assert parsed.doubtful == ("M3",)
    assert parsed.oddities[0].line == 8
    assert "第3条没有读到责任部门" in parsed.oddities[0].message


def test_a_missing_number_is_an_oddity_with_its_line() -> None:
    parsed = read(TWO.replace("2.人才", "4.人才"))
    assert [source.number for source in parsed.notice.measures] == [1, 4]
    assert [(each.line, "4." in each.message) for each in parsed.oddities] == [(7, True)]


def test_departments_part_by_part_are_groups_and_the_measure_has_all_of_them() -> None:
    measures = (
        "1.金融支持\n（一）贴息。给予贴息。（责任单位：市财政局）\n（二）担保。给予担保。（牵头单位：市金融办）\n"
        "2.人才支持。给予住房。（责任单位：市人社局）\n3.场地支持。给予场地。（责任单位：市国资委）"
    )
    first = read(measures).notice.measures[0]
    assert (first.lead, first.responsible) == (("市金融办",), ("市财政局",))
    assert [(group.label, group.lead, group.responsible) for group in first.groups] == [
        ("（一）贴息", (), ("市财政局",)),
        ("（二）担保", ("市金融办",), ()),
    ]


def test_the_first_named_leads_only_where_the_notice_says_so() -> None:
    plain = read(TWO.replace("市财政局）", "市财政局、市税务局）")).notice
    assert plain.lead_rule is None
    assert all(not measure.implied_lead for measure in plain.measures)
    ruled = read(TWO.replace("市财政局）", "市财政局、市税务局。列第一位者为牵头单位，下同）")).notice
    assert ruled.lead_rule == LeadRule("note", "列第一位者为牵头单位，下同")
    assert [measure.implied_lead for measure in ruled.measures] == [("市财政局",), ("市人社局",)]
    assert ruled.measures[0].lead == ()


def test_a_mark_that_is_not_explained_is_told_as_a_mark() -> None:
    notice = read(TWO.replace("责任单位：", "责任单位：*")).notice
    assert notice.lead_rule == LeadRule("mark", "*")
    assert notice.measures[0].implied_lead == ("市财政局",)


def test_numbers_that_begin_again_are_counted_through_and_said_to_be() -> None:
    parsed = read(TWO.replace("2.人才", "（二）其他\n1.人才").replace("1.资金", "（一）资金类\n1.资金"))
    assert [source.number for source in parsed.notice.measures] == [1, 2]
    assert "统一编号" in parsed.oddities[0].message


def test_without_departments_the_measures_are_still_found() -> None:
    parsed = read("1.资金支持。给予贴息，按贷款利息的一半补助。\n2.人才支持。给予住房，三年内免租金。")
    assert [each.title for each in parsed.notice.measures] == ["资金支持", "人才支持"]
    assert parsed.oddities == ()


def test_bare_lists_in_brackets_count_where_a_notice_has_no_other_notation() -> None:
    bare = TWO.replace("责任单位：", "")
    assert [each.responsible for each in read(bare).notice.measures] == [("市财政局",), ("市人社局",)]
    mixed = read(TWO.replace("给予贴息。", "给予贴息（市财政局）。")).notice
    assert mixed.measures[0].text == "给予贴息（市财政局）。"


def test_a_text_without_numbered_elements_is_refused() -> None:
    with pytest.raises(NoticeError, match="编号举措"):
        read_any(document_from_text("今天天气很好。\n明天也是。"))
