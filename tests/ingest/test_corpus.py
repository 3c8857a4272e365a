import hashlib
from collections.abc import Callable

import pytest

from ingest.corpus import Corpus, CorpusNotice, load_corpus
from ingest.errors import CorpusError, UnknownNotice, UnknownSource
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice

# SHA-256 of the notice as it was handed over; the file must stay byte for byte the same.
NOTICE_SHA256 = "934a21f1e5e8c678ad693ebb7e1c3cce95754d3a39d942e210c1cfbab7208feb"


def test_the_notice_is_the_one_that_was_handed_over(settings: Settings, hongkou: CorpusNotice) -> None:
    data = (settings.corpus_dir / hongkou.id / "notice.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == NOTICE_SHA256


def test_every_source_has_banked_questions_from_several_writers(hongkou: CorpusNotice) -> None:
    banked = {banked.source for banked in hongkou.questions}
    assert banked == hongkou.by_key.keys()
    assert len({banked.origin for banked in hongkou.questions}) >= 3


def test_sources_are_found_by_id(corpus: Corpus) -> None:
    assert corpus.source("hongkou-2025/M12").title == "帮助拓展海外市场"
    assert corpus.source("hongkou-2025/N").kind == "notice"


def test_unknown_ids_are_named_with_what_there_is(corpus: Corpus) -> None:
    with pytest.raises(UnknownSource, match=r"M49.*M1 至 M48"):
        corpus.source("hongkou-2025/M49")
    with pytest.raises(UnknownNotice, match=r"pudong-2025.*hongkou-2025"):
        corpus.source("pudong-2025/M1")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("notice.toml", 'title = "别的标题"\n', "title"),
        ("notice.toml", "title = ", "读不了"),
        ("questions.jsonl", '{"source": "M1"}\n', "第1行"),
        ("questions.jsonl", "not json\n", "第1行"),
    ],
)
def test_data_files_that_contradict_the_notice_are_refused(
    empty_project: Callable[[], Settings], file: str, text: str, message: str
) -> None:
    project = empty_project()
    folder = write_project_notice(project.corpus_dir, three_measures())
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_corpus(project.corpus_dir)


def test_a_banked_question_for_a_source_that_does_not_exist_is_refused(empty_project: Callable[[], Settings]) -> None:
    project = empty_project()
    write_project_notice(project.corpus_dir, three_measures(), ['{"source":"M9","question":"找谁?","origin":"test"}'])
    with pytest.raises(UnknownSource, match="M9"):
        load_corpus(project.corpus_dir)


def test_an_empty_corpus_is_refused(empty_project: Callable[[], Settings]) -> None:
    with pytest.raises(CorpusError, match="没有通知"):
        load_corpus(empty_project().corpus_dir)
