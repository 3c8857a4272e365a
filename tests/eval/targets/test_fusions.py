import numpy as np
import pytest

from eval.fitting.conditional_logit import Example, fit_unbanked, fit_weights
from eval.targets.fusions import Boosting, equal_weights, fused, reciprocal_rank_fusion
from rag.fusion import FEATURES, TEXT_FEATURES, Fusion, only

TELLING = FEATURES.index("dense_bank")
MISLEADING = FEATURES.index("lexical_text")
SOURCES = 12


def make_example(chance: np.random.Generator, banked: bool = True) -> Example:
    """A question whose gold source stands out in one feature and falls back in another."""
    table = chance.standard_normal((SOURCES, len(FEATURES)))
    gold = np.zeros(SOURCES, dtype=bool)
    gold[chance.integers(SOURCES)] = True
    table[gold, TELLING if banked else FEATURES.index("dense_sentence")] += 3
    table[gold, MISLEADING] -= 3
    is_banked = np.ones(SOURCES, dtype=bool)
    if not banked:
        is_banked[gold] = False
        table[gold, len(TEXT_FEATURES) :] = 0
    return Example(table, is_banked, gold)


@pytest.fixture(scope="module")
def training() -> list[Example]:
    chance = np.random.default_rng(0)
    return [make_example(chance) for _ in range(120)]


@pytest.fixture(scope="module")
def kept_apart() -> list[Example]:
    chance = np.random.default_rng(1)
    return [make_example(chance) for _ in range(120)]


def hits(examples: list[Example], score: object) -> float:
    assert callable(score)
    return float(np.mean([example.gold[np.argmax(score(example))] for example in examples]))


def test_weights_learn_what_tells_and_are_never_negative(training: list[Example]) -> None:
    weights = fit_weights(training)
    assert np.argmax(weights) == TELLING
    assert weights[MISLEADING] == pytest.approx(0, abs=1e-4)
    assert min(weights) >= 0


def test_learned_ways_beat_the_plain_ones_where_a_feature_misleads(
    training: list[Example], kept_apart: list[Example]
) -> None:
    learned = fused(Fusion(fit_weights(training), (0.0,) * len(TEXT_FEATURES), 0.0, 3))
    plain = max(hits(kept_apart, equal_weights), hits(kept_apart, reciprocal_rank_fusion))
    assert hits(kept_apart, learned) > plain + 0.2
    assert hits(kept_apart, Boosting(training)) > plain + 0.2


def test_reciprocal_ranks_prefer_what_is_first_everywhere() -> None:
    table = np.zeros((3, len(FEATURES)))
    table[1] = 1
    example = Example(table, np.ones(3, dtype=bool), np.array([False, True, False]))
    assert np.argmax(reciprocal_rank_fusion(example)) == 1


def test_the_bias_lets_a_source_without_banked_questions_compete() -> None:
    chance = np.random.default_rng(2)
    examples = [make_example(chance, banked=False) for _ in range(120)]
    weights = only({"dense_bank": 1.0}).weights
    unbanked, bias = fit_unbanked(examples, weights)
    without = fused(Fusion(weights, (0.0,) * len(TEXT_FEATURES), 0.0, 3))
    assert hits(examples, fused(Fusion(weights, unbanked, bias, 3))) > hits(examples, without) + 0.3
