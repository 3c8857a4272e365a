import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.general.responsibility import Named, expressions


def only(text: str) -> Named:
    (expression,) = expressions(text)
    return expression.named


@pytest.mark.parametrize(
    ("printed", "lead", "cooperating", "responsible"),
    [
        ("(牵头单位:区数据局;配合单位:区财政局、各街道)", ("区数据局",), ("区财政局", "各街道"), ()),
        ("〔牵头单位：区委组织部（人才办）、区科技局〕", ("区委组织部（人才办）", "区科技局"), (), ()),
        ("[责任部门：市商务局]", (), (), ("市商务局",)),
        ("【责任单位：市商务局，各区】", (), (), ("市商务局", "各区")),
        ("责任单位：市数据局 市科委", (), (), ("市数据局", "市科委")),
        ("牵头单位：市科技局，配合单位：市财政局", ("市科技局",), ("市财政局",), ()),
        (
            "（省科技厅牵头，省财政厅、教育厅，各市人民政府配合）",
            ("省科技厅",),
            ("省财政厅", "教育厅", "各市人民政府"),
            (),
        ),
        ("（省科技厅、省教育厅牵头负责）", ("省科技厅", "省教育厅"), (), ()),
        ("（市科技局和市财政局等部门按职责分工负责）", (), (), ("市科技局", "市财政局")),
        ("（各有关部门和单位，各省级人民政府按职责分工负责）", (), (), ("各有关部门和单位", "各省级人民政府")),
        ("（工业和信息化部、文化和旅游部负责）", (), (), ("工业和信息化部", "文化和旅游部")),
        ("（广州、深圳市政府按职责分工负责）", (), (), ("广州", "深圳市政府")),
        ("（责任单位：市大数据局等有关部门）", (), (), ("市大数据局",)),
        ("（主要责任单位：市科技局；协助单位：市财政局）", (), ("市财政局",), ("市科技局",)),
    ],
)
def test_roles_are_kept_apart_as_printed(
    printed: str, lead: tuple[str, ...], cooperating: tuple[str, ...], responsible: tuple[str, ...]
) -> None:
    named = only(f"支持企业发展。{printed}")
    assert (named.lead, named.cooperating, named.responsible) == (lead, cooperating, responsible)
    assert named.is_plain


def test_a_mark_before_a_name_is_noted_and_taken_off() -> None:
    named = only("（责任单位：*县人力社保局、县科技局）")
    assert named.responsible == ("县人力社保局", "县科技局")
    assert (named.marked, named.mark) == (("县人力社保局",), "*")


def test_what_else_is_said_in_the_bracket_is_a_remark_and_no_department() -> None:
    named = only("〔责任单位：市科技局、各区。以下各项均需各区落实，不再列出〕")
    assert named.responsible == ("市科技局", "各区")
    assert named.remark == "以下各项均需各区落实，不再列出"


def test_a_rule_for_the_lead_is_not_part_of_the_list() -> None:
    assert only("（海关总署、商务部负责，排在第一位的部门为牵头部门，下同）").responsible == ("海关总署", "商务部")


@pytest.mark.parametrize(
    "text",
    [
        "支持OPC（指由一个人对设计、研发、运营全程负责）发展。",
        "对符合条件的企业（由企业自行负责）给予补助。",
        "首次获评高新技术企业（含专精特新企业）的，给予奖励。",
        "各责任单位要加强配合。",
        "负责人：张三",
        "（牵头单位：）",
        "（牵头单位：区数据局",
    ],
)
def test_other_words_are_no_responsibility(text: str) -> None:
    assert list(expressions(text)) == []


def test_several_expressions_of_one_paragraph_are_found_where_they_stand() -> None:
    text = "（一）研发资助。给予扶持；（责任单位：区科技局）（二）贴息。（责任单位：区财政局）"
    found = list(expressions(text))
    assert [text[each.start : each.end] for each in found] == ["（责任单位：区科技局）", "（责任单位：区财政局）"]


@given(st.text(alphabet="()（）〔〕[]【】:：、，;；。牵头责任配合单位部门负责市区科技局财*\n ", max_size=80))
def test_no_name_is_invented(text: str) -> None:
    """Whatever stands in the text, a name that is read stands there too, blanks aside."""
    bare = "".join(text.split())
    for expression in expressions(text):
        assert 0 <= expression.start < expression.end <= len(text)
        assert all("".join(name.split()) in bare for name in expression.named.names)
