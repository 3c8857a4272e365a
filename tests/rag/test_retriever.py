from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from ingest.errors import UnknownNotice
from ingest.index import Index
from rag.retriever import HybridRetriever

QUESTION = "我们公司想去越南设厂,ODI备案找哪个部门?"


@pytest.fixture(scope="module")
def retriever(index: Index) -> HybridRetriever:
    return HybridRetriever(index=index)


def test_the_right_source_comes_first_and_each_source_once(retriever: HybridRetriever) -> None:
    found = retriever.candidates(QUESTION, k=78)
    assert found[0].source_id == "hongkou-2025/M12"
    assert len({candidate.source_id for candidate in found}) == len(found) == 78
    assert [candidate.fused for candidate in found] == sorted((c.fused for c in found), reverse=True)


def test_the_level_that_is_named_decides_between_district_and_city(retriever: HybridRetriever) -> None:
    assert retriever.candidates("区里谁管企业招人、培训?")[0].source.kind == "measure"
    assert retriever.candidates("市里谁管企业招人、培训?")[0].source.kind == "municipal_item"


def test_words_that_nothing_shares_still_give_candidates(retriever: HybridRetriever) -> None:
    assert len(retriever.candidates("zzzz qqqq")) == 5


def test_a_notice_can_be_kept_to(retriever: HybridRetriever) -> None:
    assert retriever.candidates(QUESTION, ("hongkou-2025",))[0].source_id == "hongkou-2025/M12"
    with pytest.raises(UnknownNotice):
        retriever.candidates(QUESTION, ("pudong-2025",))


def test_as_a_langchain_retriever_it_gives_documents_with_their_sources(retriever: HybridRetriever) -> None:
    document = retriever.invoke(QUESTION)[0]
    assert document.id == "hongkou-2025/M12"
    assert document.metadata["lead"] == ["区服务发展办"]


class TestLangChainStandard(RetrieversIntegrationTests):
    """LangChain's own suite for retrievers."""

    @pytest.fixture(autouse=True)
    def _with_index(self, index: Index) -> None:
        self._index = index

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"index": self._index}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION
