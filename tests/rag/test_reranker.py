from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from ingest.encoder import packaged_model_dir
from ingest.errors import SettingsError
from ingest.index import Index
from ingest.settings import Settings
from rag.reranker import open_reranker
from rag.retriever import HybridRetriever

QUESTION = "想给员工租便宜的房子"


@pytest.fixture(scope="module")
def cross_encoder(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, if tiny and untrained, CrossEncoder on disk."""
    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(packaged_model_dir(settings))
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_off_by_default(settings: Settings) -> None:
    assert open_reranker(settings) is None


def test_the_first_candidates_come_in_the_models_order_and_none_is_lost(
    index: Index, settings: Settings, cross_encoder: Path
) -> None:
    plain = HybridRetriever(index=index, k=12)
    reranker = open_reranker(settings.model_copy(update={"reranker": str(cross_encoder)}))
    reranked = HybridRetriever(index=index, k=12, reranker=reranker).candidates(QUESTION)
    before = plain.candidates(QUESTION)
    assert {each.source_id for each in reranked[:10]} == {each.source_id for each in before[:10]}
    assert reranked[10:] == before[10:]

    model = CrossEncoder(str(cross_encoder), device="cpu")
    scores = model.predict([(QUESTION, f"{each.source.title}。{each.source.text}") for each in reranked[:10]])
    assert list(scores) == sorted(scores, reverse=True)
    assert reranked[:10] != before[:10]


def test_a_model_that_is_not_there_is_a_settings_error(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="POLICYQA_RERANKER"):
        open_reranker(settings.model_copy(update={"reranker": "/no/such/model"}))
