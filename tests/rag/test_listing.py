import pytest

from ingest.catalogue import printed_departments
from ingest.corpus import Corpus, CorpusNotice
from rag.listing import Listing, read_listing
from rag.scope import ScopeReader


def listed(question: str, corpus: Corpus) -> Listing | None:
    return read_listing(question, corpus, ScopeReader(corpus).home)


def keys(listing: Listing | None) -> list[str]:
    assert listing is not None
    return [source.key for _, source in listing.found]


def test_a_department_by_any_of_its_names_and_in_one_role(corpus: Corpus, hongkou: CorpusNotice) -> None:
    wanted = [source.key for source in hongkou.notice.measures if "区发展改革委" in source.lead]
    for question in ("发改委牵头多少项", "区发展改革委领衔的措施"):
        listing = listed(question, corpus)
        assert keys(listing) == wanted


def test_roles_are_parted_where_no_role_is_named(corpus: Corpus) -> None:
    listing = listed("投促办涉及哪些措施", corpus)
    assert listing is not None
    assert [role for role, _ in listing.groups] == ["lead", "cooperating"]
    assert sum(len(found) for _, found in listing.groups) >= len(listing.found)


def test_stars_and_their_absence_part_all_measures(corpus: Corpus, hongkou: CorpusNotice) -> None:
    starred, plain = (keys(listed(question, corpus)) for question in ("带星的措施", "没有打星的措施"))
    assert len(starred) == 20
    assert sorted((*starred, *plain)) == sorted(source.key for source in hongkou.notice.measures)


def test_measures_without_cooperating_departments_or_with_several_leads(corpus: Corpus, hongkou: CorpusNotice) -> None:
    alone = keys(listed("没有配合单位的措施有多少条", corpus))
    assert alone == [source.key for source in hongkou.notice.measures if not source.cooperating]
    joint = keys(listed("由三个以上单位牵头的措施", corpus))
    assert joint == [source.key for source in hongkou.notice.measures if len(source.lead) >= 3]


@pytest.mark.parametrize("question", ["“规范涉企监管”下面有几条", "第二部分有哪些措施", "涉企监管那一块有几条"])
def test_headings_are_found_by_title_number_or_most_of_the_title(corpus: Corpus, question: str) -> None:
    assert keys(listed(question, corpus)) == ["M22", "M23", "M24", "M25", "M26", "M27", "M28"]


def test_items_of_annex_1_by_municipal_department(corpus: Corpus, hongkou: CorpusNotice) -> None:
    found = keys(listed("附件1里市公安局有几项", corpus))
    items = hongkou.notice.municipal_items
    assert found == [item.key for item in items if "市公安局" in printed_departments(item)]


def test_a_question_without_any_condition_is_no_list(corpus: Corpus) -> None:
    assert listed("客户老是赖账怎么办", corpus) is None


def test_several_departments_are_listed_together_or_jointly_as_asked(corpus: Corpus, hongkou: CorpusNotice) -> None:
    either = {source.key for source in hongkou.notice.measures if {"区投促办", "区商务委"} & {*source.lead}}
    both = {source.key for source in hongkou.notice.measures if {"区投促办", "区商务委"} <= {*source.lead}}
    assert set(keys(listed("区投促办、区商务委分别牵头哪些措施", corpus))) == either
    assert set(keys(listed("区投促办和区商务委共同牵头的措施", corpus))) == both


def test_an_unknown_department_never_becomes_a_list_of_everything(corpus: Corpus) -> None:
    assert listed("某某局牵头的措施有几条,全部列出来", corpus) is None
    assert listed("Give me all items in Annex 1 where the Municipal Weather Office appears", corpus) is None
