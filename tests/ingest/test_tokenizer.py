"""The tokenizer cuts texts as the one that the model was published with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as Reference

from eval.dataset import load_standalone
from ingest.corpus import Corpus
from ingest.encoder import MAX_TOKENS, TOKENIZER_FILE, packaged_model_dir
from ingest.settings import Settings
from ingest.tokenizer import Tokenizer

MARKS = ("<s>", "</s>", "<pad>", "<unk>")


@pytest.fixture(scope="module")
def tokenizer(settings: Settings) -> Tokenizer:
    return Tokenizer(packaged_model_dir(settings) / TOKENIZER_FILE, MAX_TOKENS)


@pytest.fixture(scope="module")
def reference(settings: Settings) -> Reference:
    reference = Reference.from_file(str(packaged_model_dir(settings) / "tokenizer.json"))
    reference.enable_truncation(MAX_TOKENS)
    return reference


def test_questions_and_measures_are_cut_alike(tokenizer: Tokenizer, reference: Reference, corpus: Corpus) -> None:
    texts = [item.question for item in load_standalone()]
    texts += [source.text for entry in corpus.notices for source in entry.notice.sources]
    assert len(texts) > 700
    assert [text for text in texts if tokenizer.ids(text) != reference.encode(text).ids] == []


# Beyond what is written in China the two differ where one of them knows an older Unicode than the other.
@given(text=st.text(st.characters(codec="gbk", exclude_categories=["Cc"]), max_size=60))
def test_any_text_is_cut_alike(tokenizer: Tokenizer, reference: Reference, text: str) -> None:
    if not any(mark in text for mark in MARKS):
        assert tokenizer.ids(text) == reference.encode(text).ids


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "①㈱ﬁ½", "全角 空格", "🏳️‍🌈", "a  b", "▁a"])
def test_odd_texts_are_cut_alike(tokenizer: Tokenizer, reference: Reference, text: str) -> None:
    assert tokenizer.ids(text) == reference.encode(text).ids


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_somebody_types_is_text(tokenizer: Tokenizer, mark: str) -> None:
    begin, *typed, end = tokenizer.ids(f"问{mark}题")
    assert (begin, end) == (tokenizer.ids("")[0], tokenizer.ids("")[-1])
    assert begin not in typed
    assert end not in typed


def test_a_long_text_is_cut_off_before_its_end_mark(tokenizer: Tokenizer) -> None:
    ids = tokenizer.ids("营商环境" * 1000)
    assert len(ids) == MAX_TOKENS
    assert ids[-1] == tokenizer.ids("")[-1]
