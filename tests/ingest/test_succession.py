"""Two years of one series: told apart from other notices, matched measure by measure, changes exact."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given

from ingest.corpus import Corpus, CorpusNotice
from ingest.departments import DepartmentRegister
from ingest.document import document_from_text
from ingest.notice import Notice
from ingest.parser import parse
from ingest.place import Region
from ingest.succession import SAME_MEASURE, SAME_SERIES, Changes, changes, measure_likeness, same_series
from tests.ingest.notices import WrittenMeasure, WrittenNotice, notices
from tests.ingest.years import ARBITRATION, INVOICES, TAX_RULINGS, TRADE, newer_notice, older_notice

OFFICE = "上海市人民政府办公厅"
PLAN_2025 = "上海市聚焦提升企业感受 持续打造国际一流营商环境行动方案"
NOBODY_KNOWN = DepartmentRegister((), Region(""))

Compare = Callable[[WrittenNotice, WrittenNotice], Changes]


@dataclass(frozen=True)
class Placed:
    notice: Notice
    region: str


def read(written: WrittenNotice) -> Notice:
    return parse(document_from_text(written.text())).notice


def of(*measures: WrittenMeasure) -> WrittenNotice:
    return WrittenNotice([[list(measures)]], [TAX_RULINGS])


@pytest.fixture
def compare(corpus: Corpus) -> Compare:
    return lambda older, newer: changes(read(older), read(newer), corpus.departments)


def titled(hongkou: CorpusNotice, title: str, region: str = "上海市", issuer: str = OFFICE) -> Placed:
    return Placed(replace(hongkou.notice, title=title, issuer=issuer), region)


@pytest.mark.parametrize(
    "title",
    [
        PLAN_2025,
        "上海市坚持对标改革 持续打造国际一流营商环境行动方案",
        f"上海市人民政府办公厅关于印发《{PLAN_2025}》的通知",
        f"{PLAN_2025}8.0版",
        f"{PLAN_2025}(2024年度)",
        f"2024—2026年{PLAN_2025}(试行)",
    ],
)
def test_years_versions_and_slogans_do_not_part_a_series(hongkou: CorpusNotice, title: str) -> None:
    assert same_series(titled(hongkou, PLAN_2025), titled(hongkou, title)) >= SAME_SERIES


def test_titles_that_differ_in_year_and_version_alone_are_certainly_one_series(hongkou: CorpusNotice) -> None:
    editions = [
        titled(hongkou, f"上海市优化营商环境行动方案{edition}") for edition in ("2.0版", "(2024年)", "2026年度")
    ]
    assert {same_series(one, other) for one, other in combinations(editions, 2)} == {1.0}


@pytest.mark.parametrize(
    ("title", "region", "issuer"),
    [
        ("上海市促进外贸稳规模优结构行动方案", "上海市", OFFICE),
        ("关于人工智能“模塑申城”的实施方案", "上海市", OFFICE),
        ("虹口区聚焦提升企业感受 持续打造国际一流营商环境行动方案", "上海市虹口区", "虹口区人民政府办公室"),
        (PLAN_2025.replace("上海", "天津"), "天津市", "天津市人民政府办公厅"),
    ],
)
def test_another_matter_another_level_and_another_city_are_other_series(
    hongkou: CorpusNotice, title: str, region: str, issuer: str
) -> None:
    assert same_series(titled(hongkou, PLAN_2025), titled(hongkou, title, region, issuer)) < SAME_SERIES


def test_two_measures_of_one_notice_are_never_taken_for_the_same(hongkou: CorpusNotice) -> None:
    measures = hongkou.notice.measures
    alike = measure_likeness(measures, measures)
    assert all(alike[one, other] < SAME_MEASURE for one, other in combinations(range(len(measures)), 2))


def test_what_is_new_gone_and_otherwise_than_before(compare: Compare) -> None:
    found = compare(older_notice(), newer_notice())
    assert [source.title for source in found.added] == ["数据服务"]
    assert [source.title for source in found.dropped] == ["会展服务"]
    assert [(pair.older.key, pair.newer.key, pair.changed) for pair in found.kept] == [
        ("M1", "M2", ("number",)),
        ("M2", "M3", ("number", "text", "cooperating")),
        ("M3", "M4", ("number", "lead")),
        ("A1", "A1", ()),
    ]


def test_a_measure_that_is_renamed_or_rewritten_is_still_the_same(compare: Compare) -> None:
    renamed = replace(TRADE, title="助力出海")
    rewritten = replace(ARBITRATION, text="建设国际商事仲裁服务中心。提供调解。")
    found = compare(of(TRADE, ARBITRATION), of(rewritten, renamed))
    assert [(pair.older.title, pair.newer.title, pair.changed) for pair in found.kept[:2]] == [
        ("法律服务", "法律服务", ("number", "text")),
        ("外贸服务", "助力出海", ("number", "title")),
    ]


def test_another_name_of_the_same_department_is_no_change_and_neither_is_the_order(compare: Compare) -> None:
    before = replace(INVOICES, lead=("区税务局", "区市场监管局"), cooperating=("区商务委",))
    after = replace(INVOICES, lead=("区市场监督管理局", "区税务局"), cooperating=("区商务委员会",))
    (pair, _) = compare(of(before), of(after)).kept
    assert pair.changed == ()
    assert pair.newer.lead == ("区市场监督管理局", "区税务局")


def test_the_order_of_responsible_departments_counts_where_the_first_of_them_leads(corpus: Corpus) -> None:
    def responsible(*names: str, rules: bool) -> Notice:
        notice = read(of(INVOICES))
        sources = (
            replace(each, lead=(), responsible=names, implied_lead=names[:1] if rules else ())
            for each in notice.sources
        )
        return replace(notice, sources=tuple(sources))

    def changed(rules: bool) -> list[tuple[str, ...]]:
        before, after = (
            responsible("区税务局", "区商务委", rules=rules),
            responsible("区商务委", "区税务局", rules=rules),
        )
        return [pair.changed for pair in changes(before, after, corpus.departments).kept]

    assert changed(rules=True) == [("responsible",)] * 2
    assert changed(rules=False) == [()] * 2


def test_punctuation_and_width_are_no_change(compare: Compare) -> None:
    after = replace(INVOICES, text=INVOICES.text.replace("。", ";", 1).replace("数字化", " 数字化 "))
    assert compare(of(INVOICES), of(after)).changed == ()


def test_where_nothing_went_on_all_is_new_and_all_is_gone(compare: Compare) -> None:
    found = compare(WrittenNotice([[[INVOICES]]]), WrittenNotice([[[TRADE]]]))
    assert [source.key for source in found.added] == ["M1"]
    assert [source.key for source in found.dropped] == ["M1"]
    assert found.kept == ()


@given(notices)
def test_a_notice_against_itself_has_no_changes(written: WrittenNotice) -> None:
    notice = read(written)
    found = changes(notice, notice, NOBODY_KNOWN)
    assert not found.added
    assert not found.dropped
    assert not found.changed


@given(notices, notices)
def test_every_measure_of_either_year_is_told_of_once(older: WrittenNotice, newer: WrittenNotice) -> None:
    before, after = read(older), read(newer)
    found = changes(before, after, NOBODY_KNOWN)
    gone, new = ([source.key for source in side] for side in (found.dropped, found.added))
    assert sorted([*gone, *(pair.older.key for pair in found.kept)]) == sorted(_keys(before))
    assert sorted([*new, *(pair.newer.key for pair in found.kept)]) == sorted(_keys(after))


def _keys(notice: Notice) -> list[str]:
    return [source.key for source in (*notice.measures, *notice.municipal_items)]
