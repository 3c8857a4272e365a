from dataclasses import replace

from ingest.contacts import Contact
from ingest.corpus import Corpus, CorpusNotice
from rag.answer import Citation
from rag.compose import Composer


def citation(hongkou: CorpusNotice, key: str) -> Citation:
    source = hongkou.source(key)
    return Citation(f"{hongkou.id}/{key}", hongkou, source, source.sentences[0], score=1.0)


def test_a_municipal_item_is_named_by_annex_and_number(corpus: Corpus, hongkou: CorpusNotice) -> None:
    text = Composer(corpus, "zh").answered([citation(hongkou, "A7")], []).text()
    assert "上海市牵头条线部门:市税务局" in text
    assert "附件1第7项“纳税”" in text


def test_the_notice_itself_is_answered_with_its_facts(corpus: Corpus, hongkou: CorpusNotice) -> None:
    text = Composer(corpus, "zh").answered([citation(hongkou, "N")], []).text()
    assert "虹口区人民政府办公室于2025年3月7日印发" in text
    assert "5个部分、12个大项、48条举措,附件1列出29项" in text


def test_clarifying_lists_one_line_for_each_measure(corpus: Corpus, hongkou: CorpusNotice) -> None:
    text = Composer(corpus, "zh").clarify([citation(hongkou, "M12"), citation(hongkou, "A18")])
    assert "1. **第12条“帮助拓展海外市场”** —— 区服务发展办" in text
    assert "2. **附件1第18项“拓展涉外专业服务”** —— 市发展改革委、市商务委、市司法局" in text


def test_related_sources_are_named_by_title_only(corpus: Corpus, hongkou: CorpusNotice) -> None:
    text = Composer(corpus, "zh").answered([citation(hongkou, "M20")], [citation(hongkou, "M12")]).text()
    assert "可一并参看:第12条“帮助拓展海外市场”。" in text
    assert "区服务发展办" not in text


def test_sources_that_are_compared_are_said_to_have_the_same_leads_or_not(
    corpus: Corpus, hongkou: CorpusNotice
) -> None:
    composer = Composer(corpus, "zh")
    alike, partly, unlike = (
        composer.answered([citation(hongkou, first), citation(hongkou, second)], [], compares=True).text()
        for first, second in (("M25", "M26"), ("M31", "M33"), ("M12", "M13"))
    )
    assert alike.startswith("**牵头单位相同。**")
    assert partly.startswith("**牵头单位不完全相同,都有的是:区科技经济委。**")
    assert unlike.startswith("**牵头单位不同。**")


def test_a_look_up_says_where_the_measure_stands(corpus: Corpus, hongkou: CorpusNotice) -> None:
    text = Composer(corpus, "zh").answered([citation(hongkou, "M33")], [], "lookup").text()
    assert "第33条所在:三、赋能产业发展 › (八)优化园区楼宇服务" in text


def test_contacts_that_the_operator_filled_in_stand_beside_what_is_missing(
    corpus: Corpus, hongkou: CorpusNotice
) -> None:
    reachable = replace(hongkou, contacts={"区住房保障房屋管理局": Contact(phone="021-12345678")})
    composer = Composer(corpus, "zh")
    with_contact, without = (
        composer.partial([citation(entry, "M21")], [], ("电话",)).text() for entry in (reachable, hongkou)
    )
    assert "区住房保障房屋管理局的联系方式(由本系统的运营单位提供,不在通知里):电话 021-12345678" in with_contact
    assert "联系方式" not in without
