"""How the retrieval legs rank passages, with the project's own encoder."""

import pytest

from eval.outside.retrieval_task import MEASURES, Collection, Passage, Query, RetrievalTask, rank
from ingest.encoder import Encoder, open_encoder
from ingest.settings import Settings
from tests.progress import silent

PASSAGES = (
    Passage("debts", "个体工商户的债务,个人经营的,以个人财产承担;家庭经营的,以家庭财产承担。"),
    Passage("land", "承包期内,发包方不得收回承包地。"),
    Passage("weather", "明天多云转晴,气温十五度。"),
)


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return open_encoder(settings)


def query(text: str, *gold: str, candidates: tuple[str, ...] | None = None) -> Query:
    return Query("q", text, frozenset(gold), candidates)


def test_bm25_finds_the_words_and_the_encoder_the_meaning(encoder: Encoder) -> None:
    found = rank(PASSAGES, [query("发包方可以收回承包地吗?")], encoder, silent)
    assert {ranker: by_query["q"][0][0] for ranker, by_query in found.items()} == dict.fromkeys(
        ("BM25", "dense", "fused"), "land"
    )
    without_shared_words = rank(PASSAGES, [query("Who pays what a family-run shop owes?")], encoder, silent)
    assert without_shared_words["BM25"]["q"][0][1] == 0
    assert without_shared_words["dense"]["q"][0][0] == without_shared_words["fused"]["q"][0][0] == "debts"


def test_dense_scores_are_cosines_of_a_question_and_passages(encoder: Encoder) -> None:
    text = "谁来还个体户的债?"
    found = dict(rank(PASSAGES, [query(text)], encoder, silent)["dense"]["q"])
    vectors = encoder.encode_passages([passage.text for passage in PASSAGES])
    cosines = vectors @ encoder.encode_queries([text])[0]
    assert [found[passage.id] for passage in PASSAGES] == pytest.approx(cosines.tolist(), abs=1e-6)


def test_fused_scores_weigh_both_legs_equally(encoder: Encoder) -> None:
    """Z-scores add up to 0 over the passages, whatever the scale of the legs."""
    found = rank(PASSAGES, [query("发包方可以收回承包地吗?")], encoder, silent)["fused"]["q"]
    assert sum(score for _, score in found) == pytest.approx(0, abs=1e-5)
    assert found[0][1] <= 2 * 2**0.5 + 1e-5, "of three passages, no z-score exceeds the root of 2"


def test_only_candidates_are_ranked_with_the_scores_they_have_among_all(encoder: Encoder) -> None:
    text = "发包方可以收回承包地吗?"
    everywhere = rank(PASSAGES, [query(text)], encoder, silent)
    given = rank(PASSAGES, [query(text, candidates=("weather", "debts"))], encoder, silent)
    for ranker in everywhere:
        expected = [each for each in everywhere[ranker]["q"] if each[0] != "land"]
        assert sorted(given[ranker]["q"]) == sorted(expected)


def test_equal_scores_count_against_the_passage_that_answers(encoder: Encoder) -> None:
    twins = (Passage("right", "同样的一段话。"), Passage("wrong", "同样的一段话。"))
    found = rank(twins, [query("一段话", "right")], encoder, silent)
    assert [by_query["q"][0][0] for by_query in found.values()] == ["wrong"] * 3


def test_ten_passages_are_kept_at_most(encoder: Encoder) -> None:
    many = [Passage(str(number), f"第{number}段") for number in range(40)]
    steps: list[tuple[str, int, int]] = []
    found = rank(many, [query("第7段")], encoder, lambda *step: steps.append(step))
    assert len(found["dense"]["q"]) == 10
    assert ("编码段落", 2, 2) in steps, "forty passages are two batches"


def test_a_sample_is_spread_over_the_questions_and_keeps_the_passages() -> None:
    queries = tuple(Query(str(number), "问", frozenset()) for number in range(10))
    collection = Collection(PASSAGES, (RetrievalTask("task", queries, MEASURES),))
    assert [each.id for each in collection.sample(3).queries] == ["0", "3", "6"]
    assert collection.sample(3).passages == PASSAGES
    assert collection.sample(None) == collection.sample(99) == collection
