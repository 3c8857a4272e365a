from eval.other_notices.bankless import BANKLESS_TEST, BANKLESS_TRAINING, load_asked
from eval.other_notices.parsing import NOTICES
from ingest.corpus import Corpus
from ingest.document import read_document
from ingest.parser import parse


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def test_the_test_questions_are_of_other_writers_about_other_notices() -> None:
    training, test = load_asked(BANKLESS_TRAINING), load_asked(BANKLESS_TEST)
    assert len(test) >= 90
    assert not {each.notice for each in training} & {each.notice for each in test}
    assert not {bare(each.question) for each in training} & {bare(each.question) for each in test}
    files = {path.stem for path in (*BANKLESS_TRAINING.glob("*.jsonl"), *BANKLESS_TEST.glob("*.jsonl"))}
    assert len(files) == 3, "a file for each writer"


def test_no_question_about_a_notice_without_a_bank_stands_in_a_bank(corpus: Corpus) -> None:
    banked = {bare(each.question) for entry in corpus.notices for each in entry.bank}
    assert not banked & {bare(each.question) for each in (*load_asked(BANKLESS_TRAINING), *load_asked(BANKLESS_TEST))}


def test_every_gold_is_a_source_of_its_notice_and_outside_questions_have_none() -> None:
    keys: dict[str, set[str]] = {}
    for each in (*load_asked(BANKLESS_TRAINING), *load_asked(BANKLESS_TEST)):
        if each.notice not in keys:
            notice = parse(read_document(NOTICES / f"{each.notice}.txt")).notice
            keys[each.notice] = {source.key for source in notice.sources}
        assert set(each.gold) <= keys[each.notice], each
        assert bool(each.gold) == (each.verdict != "outside"), each
