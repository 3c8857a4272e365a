from dataclasses import replace

from eval.bank import BankReport, check_bank, fold
from eval.dataset import load_standalone
from eval.variants.held_out import folds, without_questions_of
from ingest.index import Index
from ingest.index.layout import QUESTIONS
from tests.eval.items import asked


def test_the_bank_has_no_duplicate_no_leak_and_enough_for_every_source(index: Index) -> None:
    report = check_bank(index, load_standalone())
    assert report.duplicates == ()
    assert report.leaked == ()
    assert report.scarce == ()


def test_a_leak_and_a_question_out_of_place_are_found(index: Index) -> None:
    banked = index.corpus.notices[0].questions[0]
    copied = replace(asked("M1"), question=f" {banked.question}!")
    report: BankReport = check_bank(index, [copied])
    assert report.leaked == (banked,)
    assert not report.is_sound
    for each in report.misplaced:
        assert each.nearer != each.source
        assert each.nearer_cosine >= each.own_cosine


def test_punctuation_width_and_case_do_not_make_a_question_new() -> None:
    assert fold("ODI备案,找谁?") == fold("odi 备案 找谁")


def test_questions_held_out_are_out_of_sight_everywhere(index: Index) -> None:
    held = without_questions_of(index, frozenset({"M12"}))
    vector = index.encoder.encode_queries(["ODI备案找哪个部门"])
    seen = held.nearest(QUESTIONS, vector, 50)
    assert not [name for name, _ in seen if name.startswith("hongkou-2025/M12#")]
    (segment,) = held.segments
    assert segment.bank.scores(["odi"])[segment.bank.row["hongkou-2025/M12"]] == 0
    assert "M12" not in {banked.source for banked in held.corpus.notices[0].questions}


def test_folds_part_all_sources(index: Index) -> None:
    parts = folds(index.corpus)
    assert sum(map(len, parts)) == len(frozenset().union(*parts)) == 78
