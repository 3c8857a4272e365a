import pytest

from ingest.corpus import Corpus
from rag.office import missing_office
from tests.rag.several_notices import BARE, TAIAN, several


@pytest.fixture(scope="module")
def places(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return several(corpus, tmp_path_factory.mktemp("texts"))


@pytest.mark.parametrize("question", ["家电出口补贴找谁", "出口运费补贴是哪个部门管的?", "Who handles this subsidy?"])
def test_who_is_in_charge_is_missing_where_the_notice_names_nobody(places: Corpus, question: str) -> None:
    (missing,) = missing_office(question, places.notice(BARE.id).source("M2"))
    assert missing.name("zh") == "责任部门"


def test_nothing_is_missing_where_an_office_is_named_or_none_is_asked_for(places: Corpus) -> None:
    assert missing_office("家电出口有补贴吗", places.notice(BARE.id).source("M2")) == ()
    assert missing_office("茶园补助找谁", places.notice(TAIAN).source("M1")) == ()
    assert missing_office("这份通知是哪个单位发的", places.notice(BARE.id).source("N")) == ()
