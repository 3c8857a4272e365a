"""Follow-ups stand alone; new topics stay clean."""

import pytest

from ingest.index import Index
from rag.dialogue import Dialogue, Message
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.scope import ScopeReader

FOREIGNERS = (
    Message("user", "我们公司请了两个法国设计师,办事老碰壁,找谁"),
    Message(
        "assistant", "**牵头单位:区政府办公室**(第14条“外籍人员综合服务”)\n\n可一并参看:第12条“帮助拓展海外市场”。"
    ),
)
LOANS = (
    Message("user", "附件1里跟贷款有关的是哪些?"),
    Message("assistant", "两项:一是第12项「融资增信服务」,二是第11项「中小企业融资支持」。"),
)


@pytest.fixture(scope="module")
def dialogue(index: Index) -> Dialogue:
    return Dialogue(index.corpus, HybridRetriever(index=index), ScopeReader(index.corpus))


def stand_alone(dialogue: Dialogue, question: str, history: tuple[Message, ...]) -> str:
    text, _ = dialogue.stand_alone(read_question(question), history)
    return text


@pytest.mark.parametrize("question", ["那配合单位呢?", "它带星吗", "原文呢", "电话多少"])
def test_half_a_question_is_about_the_source_of_the_last_answer_and_not_its_further_reading(
    dialogue: Dialogue, question: str
) -> None:
    assert stand_alone(dialogue, question, FOREIGNERS) == f"第14条“外籍人员综合服务”:{read_question(question).text}"


@pytest.mark.parametrize("question", ["数电票额度不够用,区里找谁", "对了,环评当天能批下来吗", "第5条谁牵头"])
def test_a_new_topic_is_not_contaminated(dialogue: Dialogue, question: str) -> None:
    assert stand_alone(dialogue, question, FOREIGNERS) == question


OUTSIDE = ["红烧肉老是烧得柴,冰糖先放还是后放啊?", "隔壁工地白天黑夜打桩震得我店里货架都倒了,谁来赔"]
REFUSED = (
    Message("user", "明朝要不要带伞,后天降温降到几度"),
    Message("assistant", "抱歉,这份通知里没有找到与您的问题相符的内容,不能告诉您该找哪个部门。"),
)


@pytest.mark.parametrize("question", OUTSIDE)
@pytest.mark.parametrize("history", [FOREIGNERS, REFUSED, (*FOREIGNERS, *REFUSED)])
def test_a_subject_of_another_world_is_not_taken_for_a_follow_up(
    dialogue: Dialogue, question: str, history: tuple[Message, ...]
) -> None:
    assert stand_alone(dialogue, question, history) == question


def test_after_a_refusal_there_is_nothing_to_lean_on(dialogue: Dialogue) -> None:
    assert stand_alone(dialogue, "那配合单位呢?", REFUSED) == "那配合单位呢?"
    unanswered = (Message("user", "公司境外投资备案找哪个部门?"),)
    assert stand_alone(dialogue, "那配合单位呢?", unanswered).startswith("第12条")


def test_thanks_in_between_do_not_end_a_subject(dialogue: Dialogue) -> None:
    thanks = (Message("user", "谢谢"), Message("assistant", "不客气。"))
    assert stand_alone(dialogue, "那配合单位呢?", (*FOREIGNERS, *thanks)).startswith("第14条")


def test_ordinals_count_what_the_answer_listed(dialogue: Dialogue) -> None:
    assert stand_alone(dialogue, "第二个归哪些部门牵头", LOANS).startswith("附件1第11项“中小企业融资支持”:")
    assert stand_alone(dialogue, "头一个归哪些部门牵头", LOANS).startswith("附件1第12项“融资增信服务”:")


def test_an_earlier_topic_can_be_taken_up_again(dialogue: Dialogue) -> None:
    asked = stand_alone(dialogue, "回到刚才外籍人员那条,谁配合", (*FOREIGNERS, *LOANS))
    assert asked.startswith("第14条“外籍人员综合服务”:")


def test_a_comparison_names_both(dialogue: Dialogue) -> None:
    asked = stand_alone(dialogue, "这两项是不是同一批单位牵头", LOANS)
    assert "附件1第12项" in asked
    assert "附件1第11项" in asked


def test_a_correction_leaves_what_is_really_meant(dialogue: Dialogue) -> None:
    assert stand_alone(dialogue, "不是,我说的是员工技能培训", FOREIGNERS) == "员工技能培训"


def test_a_department_is_named_in_place_of_its_pronoun(dialogue: Dialogue) -> None:
    history = (
        Message("user", "高校成果转化找哪个委"),
        Message("assistant", "第29条“强化创新支撑引领”,区科技经济委牵头,北科创集团配合。"),
    )
    assert stand_alone(dialogue, "这个委另外还牵头了哪些?", history) == "区科技经济委另外还牵头了哪些?"


def test_an_exchange_without_a_number_is_understood_by_searching(dialogue: Dialogue) -> None:
    history = (Message("user", "环评能不能当天批下来"), Message("assistant", "可以,区生态环境局牵头。"))
    assert stand_alone(dialogue, "那配合单位呢?", history).startswith("第40条")


def test_without_history_nothing_changes(dialogue: Dialogue) -> None:
    assert stand_alone(dialogue, "那配合单位呢?", ()) == "那配合单位呢?"
