"""Glosses on disk: what is approved, what cannot be read, and that a file contradicts no notice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.corpus import CorpusNotice
from ingest.errors import CorpusError
from ingest.glosses import Gloss, approved_glosses, gloss_file, load_glosses, put_gloss, remove_gloss

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def sentences(hongkou: CorpusNotice) -> tuple[str, ...]:
    return hongkou.source("M12").sentences


def line(text: str, **changes: object) -> str:
    row = {"sentence": text, "gloss": "Set up a center.", "drafted_by": "m gloss@1"}
    return json.dumps({**row, **changes}, ensure_ascii=False)


def test_without_the_file_there_are_none(tmp_path: Path, hongkou: CorpusNotice) -> None:
    assert load_glosses(tmp_path, "en", hongkou.notice) == ()
    assert hongkou.glosses == {"en": {}, "ja": {}}, "none is shipped"


def test_what_is_kept_comes_back_in_its_own_language(
    tmp_path: Path, hongkou: CorpusNotice, sentences: tuple[str, ...]
) -> None:
    draft = Gloss(sentences[0], "Set up a “one-stop” center.", "m gloss@1")
    settled = Gloss(sentences[1], "Help.", "m gloss@1", "王审核", NOW)
    put_gloss(tmp_path, "en", hongkou.notice, draft)
    put_gloss(tmp_path, "en", hongkou.notice, settled)
    assert load_glosses(tmp_path, "en", hongkou.notice) == (draft, settled)
    assert load_glosses(tmp_path, "ja", hongkou.notice) == ()


def test_only_approved_ones_may_be_shown(tmp_path: Path, hongkou: CorpusNotice, sentences: tuple[str, ...]) -> None:
    settled = Gloss(sentences[1], "Help.", "m gloss@1", "王审核", NOW)
    put_gloss(tmp_path, "en", hongkou.notice, Gloss(sentences[0], "Set up.", "m gloss@1"))
    put_gloss(tmp_path, "en", hongkou.notice, settled)
    assert approved_glosses(tmp_path, "en", hongkou.notice) == {sentences[1]: settled}


def test_a_sentence_has_one_gloss_and_may_lose_it(
    tmp_path: Path, hongkou: CorpusNotice, sentences: tuple[str, ...]
) -> None:
    for text in ("First.", "Second."):
        put_gloss(tmp_path, "en", hongkou.notice, Gloss(sentences[0], text, "m gloss@1"))
    assert [each.gloss for each in load_glosses(tmp_path, "en", hongkou.notice)] == ["Second."]
    remove_gloss(tmp_path, "en", hongkou.notice, sentences[0])
    assert load_glosses(tmp_path, "en", hongkou.notice) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"sentence": "通知里没有的一句。"}, "没有“通知里没有的一句。”"),
        ({"gloss": ""}, "gloss"),
        ({"gloss": "two\nlines"}, "gloss"),
        ({"gloss": 7}, "gloss"),
        ({"note": "x"}, "note"),
        ({"approved_by": "王审核"}, "approved_at"),
        ({"approved_at": "2026-11-24T09:30:00+08:00"}, "approved_by"),
        ({"approved_by": "王审核", "approved_at": "2026-11-24T09:30:00"}, "approved_at"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(
    tmp_path: Path, hongkou: CorpusNotice, sentences: tuple[str, ...], changes: dict[str, object], named: str
) -> None:
    text = f"{line(sentences[0])}\n\n{line(sentences[1], **changes)}\n"
    gloss_file(tmp_path, "en").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"glosses\.en\.jsonl 第3行.*{named}"):
        load_glosses(tmp_path, "en", hongkou.notice)


def test_what_is_no_json_or_comes_twice_is_named(
    tmp_path: Path, hongkou: CorpusNotice, sentences: tuple[str, ...]
) -> None:
    path = gloss_file(tmp_path, "ja")
    path.write_text("not json\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"glosses\.ja\.jsonl 第1行"):
        load_glosses(tmp_path, "ja", hongkou.notice)
    path.write_text(f"{line(sentences[0])}\n{line(sentences[0])}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"第2行.*前面已有"):
        load_glosses(tmp_path, "ja", hongkou.notice)
    path.write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="读不了"):
        load_glosses(tmp_path, "ja", hongkou.notice)
