import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.fusion import FEATURES, TEXT_FEATURES, Floats, Mask, default_fusion, only, standardise

columns = len(FEATURES)
tables = arrays(np.float64, st.tuples(st.integers(2, 20), st.just(columns)), elements=st.integers(-50, 50))


def all_banked(table: Floats) -> Mask:
    return np.ones(len(table), dtype=bool)


@given(tables, st.integers(1, 9), st.integers(-9, 9))
def test_the_scale_of_a_feature_does_not_matter(table: Floats, factor: int, shift: int) -> None:
    banked = all_banked(table)
    assert np.allclose(standardise(table * factor + shift, banked), standardise(table, banked), atol=1e-9)


@given(tables)
def test_a_feature_in_which_all_sources_are_equal_says_nothing(table: Floats) -> None:
    table[:, 0] = 7
    assert not standardise(table, all_banked(table))[:, 0].any()


@given(tables, st.integers(-50, 50))
def test_what_the_bank_says_of_a_source_without_questions_does_not_count(table: Floats, value: int) -> None:
    banked = all_banked(table)
    banked[0] = False
    changed = table.copy()
    changed[0, len(TEXT_FEATURES) :] = value
    assert np.allclose(default_fusion().fuse(table, banked), default_fusion().fuse(changed, banked))


def test_more_evidence_of_any_kind_never_lowers_a_source() -> None:
    fusion = default_fusion()
    assert len(fusion.weights) == len(FEATURES)
    assert min(*fusion.weights, *fusion.unbanked) >= 0
    assert max(fusion.weights) > 0


def test_the_best_source_by_a_single_feature_is_first() -> None:
    table = np.zeros((3, columns))
    table[:, FEATURES.index("dense_text")] = [0.1, 0.9, 0.5]
    assert np.argmax(only({"dense_text": 1.0}).fuse(table, all_banked(table))) == 1
