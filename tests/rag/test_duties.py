"""Who is in charge of a source: what the notice does not tell apart is not told apart by the answer."""

from dataclasses import replace

import pytest

from ingest.corpus import Corpus, CorpusNotice
from rag.answer import Citation
from rag.compose import Composer
from rag.phrases import phrases_for
from rag.question import Language
from tests.rag.several_notices import BARE, LUOHU, TAIAN, several


@pytest.fixture(scope="module")
def places(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return several(corpus, tmp_path_factory.mktemp("texts"))


def citation(entry: CorpusNotice, key: str, **changed: tuple[str, ...]) -> Citation:
    source = replace(entry.source(key), **changed)  # type: ignore[arg-type]  # fields of departments only
    return Citation(f"{entry.id}/{key}", entry, source, source.text, score=1.0)


def said(places: Corpus, cited: Citation, language: Language = "zh") -> str:
    return Composer(places, language).answered([cited], []).text()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "**通知没有为这一条写明责任部门**(第1条“设计奖励”)"),
        ("zh-Hant", "**通知沒有爲這一條寫明責任部門**"),
        ("en", "**The notice names no responsible department for this**"),
        ("ja", "**通知はこの項目の担当部署を記していません**"),
    ],
)
def test_where_no_department_is_named_the_answer_says_so(places: Corpus, language: Language, line: str) -> None:
    assert line in said(places, citation(places.notice(BARE.id), "M1"), language)


def test_a_notice_without_date_and_issuer_is_said_to_have_none(places: Corpus) -> None:
    entry = places.notice(BARE.id)
    assert "(未注明的单位,未注明日期)" in said(places, citation(entry, "M1"))
    assert f"**《{BARE.title}》由未注明的单位印发,未注明日期。**" in said(places, citation(entry, "N"))


def test_lead_responsible_and_cooperating_each_stand_under_their_own_name(places: Corpus) -> None:
    cited = citation(
        places.notice(TAIAN), "M3", lead=("市商务局",), responsible=("市财政局",), cooperating=("市税务局",)
    )
    text = said(places, cited)
    assert "**牵头单位:市商务局**" in text
    assert "\n责任单位:市财政局\n" in text
    assert "\n配合责任单位:市税务局\n" in text


def test_the_parts_of_a_source_are_told_in_every_language(places: Corpus) -> None:
    cited = citation(places.notice(LUOHU), "M1")
    for language in ("zh", "zh-Hant", "en", "ja"):
        assert phrases_for(language).say("role_of_responsible") in said(places, cited, language)


def test_choices_between_sources_without_a_lead_do_not_speak_of_leads(places: Corpus) -> None:
    taian, bare = places.notice(TAIAN), places.notice(BARE.id)
    text = Composer(places, "zh").clarify([citation(taian, "M1"), citation(bare, "M1")])
    assert "牵头" not in text
    assert "市农业农村局、市财政局(山东省泰安市《泰安市支持泰山茶产业发展实施意见》)" in text
    assert "未写明责任部门" in text


def test_what_is_compared_is_who_is_responsible_where_nobody_leads(places: Corpus) -> None:
    taian = places.notice(TAIAN)
    compared = Composer(places, "zh").answered([citation(taian, "M2"), citation(taian, "M3")], [], compares=True)
    assert compared.opening == "**责任单位不完全相同,都有的是:市商务局。**"
