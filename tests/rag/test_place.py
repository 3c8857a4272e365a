import pytest

from ingest.corpus import CorpusNotice
from rag.place import elsewhere, named_place
from rag.question import read_question

YEARS = {2025}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("我店在五角场,算杨浦的,检查码归哪个局管?", "五角场"),
        ("苏州工业园区的厂,税务额度不给提,苏州哪里能反映?", "苏州"),
        ("静安的老楼更新到底找规划局还是建管委?", "静安"),
    ],
)
def test_a_question_about_another_place_is_told(question: str, name: str) -> None:
    found = elsewhere(read_question(question).text, YEARS)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("question", ["2023年虹口的方案保租房是几套?", "《上海市优化营商环境条例》第二十八条怎么写的?"])
def test_another_year_or_document_is_told(question: str) -> None:
    found = elsewhere(question, YEARS)
    assert found is not None
    assert found.is_document


@pytest.mark.parametrize(
    "question",
    [
        "公司在苏州,要办虹口的手续,能不能不跑上海?",
        "准备把公司从浦东搬来虹口,找谁?",
        "浦东机场的外籍人员一站式综合服务中心在哪里?",
        "想在苏州河边办个小市集,市里让不让?",
        "2025年的方案里保租房是几套?",
        "嘉兴路街道有什么特色?",
    ],
)
def test_a_place_mentioned_in_passing_changes_nothing(question: str) -> None:
    assert elsewhere(question, YEARS) is None


def test_hardly_any_banked_question_is_taken_for_another_place(hongkou: CorpusNotice) -> None:
    asked = [banked for banked in hongkou.questions if banked.source.startswith("M")]
    mistaken = [each for each in asked if elsewhere(read_question(each.question).text, YEARS)]
    assert len(mistaken) / len(asked) < 0.005


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("泰安一个人开公司找谁", "泰安"),
        ("Which office in Tai'an handles loans", "taian"),
        ("泰安人想在虹口开店", None),
        ("the mountaians of", None),
    ],
)
def test_a_loaded_place_is_named_in_either_script_and_not_by_its_people(text: str, name: str | None) -> None:
    assert named_place(text, ("泰安市", "泰安", "taian"), in_city=False) == name
