"""Which notices a question is about, where several places and years are loaded."""

import pytest

from ingest.corpus import Corpus
from ingest.errors import UnknownNotice
from rag.question import read_question
from rag.scope import Scope, ScopeReader
from tests.rag.several_notices import BEFORE, CANGNAN, CITY, HOME, LUOHU, NATION, TAIAN, several

AT_HOME = (HOME, CITY, NATION)


@pytest.fixture(scope="module")
def reader(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> ScopeReader:
    return ScopeReader(several(corpus, tmp_path_factory.mktemp("texts")))


def scope_of(reader: ScopeReader, question: str, notice_id: str | None = None) -> Scope:
    return reader.read(read_question(question).text, notice_id)


def ids(scope: Scope) -> tuple[str, ...]:
    return tuple(entry.id for entry in scope.notices)


@pytest.mark.parametrize(
    "question",
    [
        "首店引进找谁",
        "上海的企业首店引进找哪个部门",
        "虹口区的首店奖励归谁管",
        "准备把公司从泰安搬来虹口,找谁?",
        "泰安的客户拖欠货款,哪里能帮忙?",
        "泰安路上开店找谁",
        "国家税务总局的发票系统打不开找谁",
    ],
)
def test_what_is_in_force_here_answers_where_nothing_else_is_named(reader: ScopeReader, question: str) -> None:
    scope = scope_of(reader, question)
    assert ids(scope) == AT_HOME
    assert scope.elsewhere is None


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("泰安市茶园补助找哪个部门", (TAIAN,)),
        ("泰安市里谁管茶园补助", (TAIAN,)),
        ("罗湖的珠宝展厅装修有补贴吗", (LUOHU,)),
        ("深圳罗湖区的珠宝展厅装修有补贴吗", (LUOHU,)),
        ("苍南县印刷厂换设备有没有贴息", (CANGNAN,)),
    ],
)
def test_the_place_that_a_question_names_answers(reader: ScopeReader, question: str, notices: tuple[str, ...]) -> None:
    scope = scope_of(reader, question)
    assert ids(scope) == notices
    assert scope.is_told
    assert scope.elsewhere is None


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("《泰安市支持泰山茶产业发展实施意见》讲了什么", (TAIAN,)),
        ("《支持泰山茶产业发展的实施意见》讲了什么", (TAIAN,)),
        ("泰政办发[2026]1号讲了什么", (TAIAN,)),
        ("沪府办〔2025〕2号第1条", (CITY,)),
        ("2024年的方案里夜间经济怎么说", (BEFORE,)),
        ("2025年的方案里保租房是几套", (HOME, CITY)),
        ("上一版方案的首店引进是谁牵头", (BEFORE,)),
        ("2024年和2025年的方案里首店引进有什么不同", (HOME, BEFORE)),
        ("国务院的文件里综合保税区怎么说", (NATION,)),
    ],
)
def test_a_notice_is_named_by_title_number_year_or_issuer(
    reader: ScopeReader, question: str, notices: tuple[str, ...]
) -> None:
    assert set(ids(scope_of(reader, question))) >= set(notices)
    assert ids(scope_of(reader, question))[0] == notices[0]


@pytest.mark.parametrize("question", ["2024年的方案里夜间经济怎么说", "《泰安市支持泰山茶产业发展实施意见》讲了什么"])
def test_nothing_but_the_named_notice_is_searched(reader: ScopeReader, question: str) -> None:
    assert len(scope_of(reader, question).notices) == 1


@pytest.mark.parametrize(
    ("question", "name"),
    [("深圳的珠宝企业有补贴吗", "深圳"), ("济南的茶叶店有补贴吗", "济南"), ("温州的印刷厂有补贴吗", "温州")],
)
def test_a_place_that_is_not_loaded_is_elsewhere(reader: ScopeReader, question: str, name: str) -> None:
    scope = scope_of(reader, question)
    assert scope.elsewhere is not None
    assert scope.elsewhere.name == name
    assert ids(scope) == AT_HOME


def test_the_notices_that_lie_in_a_place_are_near_it(reader: ScopeReader) -> None:
    assert [entry.id for entry in reader.around("深圳")] == [LUOHU]
    assert [entry.id for entry in reader.around("济南")] == []


def test_a_year_that_is_not_loaded_is_another_document(reader: ScopeReader) -> None:
    scope = scope_of(reader, "2021年的方案里夜间经济怎么说")
    assert scope.elsewhere is not None
    assert scope.elsewhere.is_document


def test_the_filter_wins_over_what_the_question_names(reader: ScopeReader) -> None:
    assert ids(scope_of(reader, "茶园补助找谁", BEFORE)) == (BEFORE,)
    with pytest.raises(UnknownNotice):
        scope_of(reader, "茶园补助找谁", "pudong-2025")


def test_the_nearest_and_newest_comes_first_and_what_is_superseded_is_left_out(reader: ScopeReader) -> None:
    assert ids(reader.home) == AT_HOME


def test_one_notice_alone_is_searched_without_a_filter(corpus: Corpus) -> None:
    home = ScopeReader(corpus).home
    assert (ids(home), home.ids) == ((HOME,), None)
