import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.fusion import FEATURES, Fusion, default_fusion, standardise

tables = arrays(np.float64, st.tuples(st.integers(2, 20), st.just(len(FEATURES))), elements=st.integers(-50, 50))


@given(tables, st.integers(1, 9), st.integers(-9, 9))
def test_the_scale_of_a_feature_does_not_matter(table: np.ndarray, factor: int, shift: int) -> None:
    assert np.allclose(standardise(table * factor + shift), standardise(table), atol=1e-9)


@given(tables)
def test_a_feature_in_which_all_sources_are_equal_says_nothing(table: np.ndarray) -> None:
    table[:, 0] = 7
    assert not standardise(table)[:, 0].any()


def test_more_evidence_of_any_kind_never_lowers_a_source() -> None:
    weights = default_fusion().weights
    assert len(weights) == len(FEATURES)
    assert min(weights) >= 0
    assert max(weights) > 0


def test_the_best_source_by_a_single_feature_is_first() -> None:
    table = np.array([[0.1, 0, 0, 0, 0], [0.9, 0, 0, 0, 0], [0.5, 0, 0, 0, 0]])
    assert np.argmax(Fusion((1.0, 0, 0, 0, 0), nearest_questions=3).fuse(table)) == 1
