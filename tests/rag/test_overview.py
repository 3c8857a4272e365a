from ingest.corpus import Corpus, CorpusNotice
from rag.listing import read_listing
from rag.overview import OverviewComposer, whole_notice
from rag.scope import ScopeReader


def test_a_list_names_every_item_and_its_count(corpus: Corpus) -> None:
    listing = read_listing("区税务局牵头几条", corpus, ScopeReader(corpus).home)
    assert listing is not None
    text = OverviewComposer("zh").listing(listing)
    assert text.startswith(f"**共 {len(listing.found)} 条由区税务局牵头")
    for _, source in listing.found:
        assert f"第{source.number}条“{source.title}”" in text


def test_an_empty_list_says_so(corpus: Corpus) -> None:
    listing = read_listing("区体育局牵头的措施", corpus, ScopeReader(corpus).home)
    assert listing is not None
    assert OverviewComposer("zh").listing(listing) == "**目录里没有由区体育局牵头的措施或事项。**"


def test_the_outline_covers_every_part_and_section(hongkou: CorpusNotice) -> None:
    text = OverviewComposer("zh").structure(hongkou.notice)
    for part in hongkou.notice.parts:
        assert part.label in text
        assert all(section in text for section in part.sections)
    assert "48条举措" in text
    assert "(四)中小企业(民营企业)服务:第15条–第21条(7条)" in text
    assert "标★的是虹口区提出的,共20条" in text
    assert "主送:区政府各部门、各街道办事处、有关单位" in text
    assert all(annex.title in text for annex in hongkou.notice.annexes)
    assert whole_notice(hongkou).text in text


def test_all_discrepancies_are_listed_with_both_versions(hongkou: CorpusNotice) -> None:
    differences = tuple(hongkou.notice.discrepancies())
    text = OverviewComposer("zh").differences(differences)
    for _, difference in differences:
        assert difference.body in text
        assert difference.annex in text


def test_what_stands_under_a_part_is_parted_by_section(corpus: Corpus) -> None:
    listing = read_listing("第三部分有哪些措施", corpus, ScopeReader(corpus).home)
    assert listing is not None
    text = OverviewComposer("zh").listing(listing)
    assert text.index("(七)提升产业发展环境") < text.index("第30条") < text.index("(八)优化园区楼宇服务")
