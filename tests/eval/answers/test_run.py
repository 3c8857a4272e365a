from dataclasses import replace
from pathlib import Path

import pytest

from eval.answers.run import Run, RunInfo, digest, folder_name, now
from eval.targets.reply import AnsweredDemand, TicketReply
from ingest.errors import CorpusError, UnknownRun
from tests.eval.items import asked, refuses, says

INFO = RunInfo(target="product", at=now(), index_version="v1", encoder="e5", questions="0")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path / "product")
    run.begin(INFO)
    return run


def test_what_was_kept_comes_back_with_its_questions(run: Run) -> None:
    items = [asked("M1"), asked(id="Q2")]
    replies = [says("M1"), refuses("Q2")]
    run.keep(zip(items, replies, strict=True))
    assert list(run.replies(items)) == list(zip(items, replies, strict=True))
    assert run.info == INFO


def test_replies_kept_before_an_interruption_are_there(run: Run) -> None:
    item = asked("M1")

    def broken_off() -> object:
        yield item, says("M1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.keep(broken_off())  # type: ignore[arg-type]  # a generator that does not end
    assert [reply.cited for _, reply in run.replies([item])] == [("M1",)]


def test_a_run_that_begins_again_forgets_the_last(run: Run) -> None:
    run.keep([(asked("M1"), says("M1"))])
    run.begin(INFO)
    assert list(run.replies([asked("M1")])) == []


def test_a_reply_to_another_question_is_not_scored(run: Run) -> None:
    item = asked("M1")
    run.keep([(item, says("M1"))])
    with pytest.raises(CorpusError, match="Q1"):
        list(run.replies([replace(item, question="改过的问题?")]))


def test_a_changed_truth_is_scored_with_the_old_replies(run: Run) -> None:
    item = asked("M1")
    run.keep([(item, says("M1"))])
    ((found, _),) = run.replies([replace(item, gold=frozenset({"M2"}))])
    assert found.gold == {"M2"}


def test_tickets_come_back(run: Run) -> None:
    reply = TicketReply("T1", 0.1, (AnsweredDemand("找谁", "answered", ("M1",)),), False, ("文本",))
    run.keep_tickets([reply])
    assert list(run.tickets()) == [reply]


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownRun, match="nowhere"):
        _ = Run(tmp_path / "nowhere").info
    with pytest.raises(UnknownRun, match="nowhere"):
        list(Run(tmp_path / "nowhere").replies([]))


def test_the_digest_follows_questions_and_truth_and_not_their_order() -> None:
    one, two = asked("M1"), asked("M2", id="Q2")
    assert digest([one, two]) == digest([two, one])
    assert digest([one]) != digest([replace(one, gold=frozenset({"M2"}))])
    assert digest([one]) != digest([replace(one, question="别的?")])


@pytest.mark.parametrize(
    ("target", "name"),
    [("product", "product"), ("+ adapter", "adapter"), ("http://127.0.0.1:8000/v1", "127.0.0.1-8000-v1")],
)
def test_a_target_has_a_folder_of_a_plain_name(target: str, name: str) -> None:
    assert folder_name(target) == name
