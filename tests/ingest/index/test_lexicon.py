from pathlib import Path

import numpy as np
import pytest

from ingest.errors import IndexCorrupt
from ingest.index.lexicon import build_lexicon, joint_scores, open_lexicon, tokenize

TEXTS = {"n/M1": "推广数字化电子发票。", "n/M2": "设立北外滩仲裁服务中心。", "n/M3": "ODI备案指导"}


def test_tokens_are_words_and_character_bigrams_without_stop_words() -> None:
    tokens = tokenize("请问ODI备案找哪个部门?")
    assert {"odi", "备案", "部门"} <= set(tokens)
    assert "哪个" not in tokens


def test_full_width_letters_and_case_make_no_difference() -> None:
    assert tokenize("ＯＤＩ备案") == tokenize("odi备案")


@pytest.mark.parametrize(("query", "first"), [("电子发票怎么开", "n/M1"), ("找仲裁", "n/M2"), ("odi", "n/M3")])
def test_the_text_that_shares_the_words_scores_highest(query: str, first: str) -> None:
    lexicon = build_lexicon(TEXTS, tokenize)
    assert lexicon.source_ids[int(np.argmax(lexicon.scores(tokenize(query))))] == first


def test_words_that_no_text_has_score_zero() -> None:
    assert not build_lexicon(TEXTS, tokenize).scores(tokenize("qwerty 离婚")).any()


def test_a_saved_lexicon_scores_the_same(tmp_path: Path) -> None:
    lexicon = build_lexicon(TEXTS, tokenize)
    lexicon.save(tmp_path)
    tokens = tokenize("仲裁服务")
    assert np.array_equal(open_lexicon(tmp_path).scores(tokens), lexicon.scores(tokens))


def test_a_damaged_lexicon_is_reported(tmp_path: Path) -> None:
    build_lexicon(TEXTS, tokenize).save(tmp_path)
    (tmp_path / "vocab.index.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        open_lexicon(tmp_path)


def test_a_word_is_as_rare_as_it_is_in_all_rows_that_are_asked_for() -> None:
    texts = {"a/M1": "推广数字化电子发票。", "a/M2": "设立仲裁服务中心。", "b/M1": "推广电子证照。"}
    whole = build_lexicon(texts, tokenize)
    tokens = tokenize("电子发票仲裁")
    parts = [
        build_lexicon({name: text for name, text in texts.items() if name.startswith(notice)}, tokenize)
        for notice in ("a/", "b/")
    ]
    rows = [np.arange(len(part.source_ids)) for part in parts]
    joined = np.concatenate(joint_scores(list(zip(parts, rows, strict=True)), tokens))
    # Only the mean length of a text stays that of each lexicon.
    assert np.allclose(joined, whole.scores(tokens), rtol=0.25)
    assert np.allclose(joined > 0, whole.scores(tokens) > 0)


def test_what_lies_beside_the_rows_that_are_asked_for_changes_little() -> None:
    own = {"a/M1": "推广数字化电子发票。", "a/M2": "设立仲裁服务中心。"}
    among = build_lexicon({**own, **{f"b/M{number}": "推广数字化电子发票。" for number in range(50)}}, tokenize)
    tokens = tokenize("电子发票")
    (scores,) = joint_scores([(among, np.array([0, 1]))], tokens)
    assert np.allclose(scores, build_lexicon(own, tokenize).scores(tokens), rtol=0.1)
