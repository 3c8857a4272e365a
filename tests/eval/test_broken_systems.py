"""Systems that are broken on purpose score as badly as they should, on the metrics that are there to show it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from eval.answers.run import RunInfo, now
from eval.dataset import Item
from eval.dataset.card import load_split
from eval.dialogue import scoring as dialogue
from eval.scores import Pair
from eval.statistics.figure import figure
from eval.targets.reply import Cited, Reply
from eval.things import THINGS, ScoredRun
from ingest.corpus import Corpus
from rag.answer import Status

Figures = dict[str, float]
System = Callable[[Item], Reply]
FIRST: dict[str, Status] = {"answered": "answered", "partial": "partial", "refused": "no_evidence"}


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return load_split("test")


@pytest.fixture(scope="module")
def oracle(corpus: Corpus) -> System:
    """Knows the truth: every system below is this one with one thing broken."""
    (entry,) = corpus.notices

    def ask(item: Item) -> Reply:
        status = next(iter(sorted(item.statuses))) if len(item.statuses) == 1 else FIRST[item.expected]
        keys = sorted(item.gold or item.also_ok) if status in ("answered", "partial") else []
        sources = [entry.source(key) for key in keys]
        said = "。".join(wordings[0] for wordings in item.must_say)
        leads = "、".join(item.lead)
        return Reply(
            id=item.id,
            seconds=0.01,
            status=status,
            text=f"{said}。{leads}",
            citations=tuple(Cited(each.key, each.lead, each.sentences[0]) for each in sources),
            ranking=(*sorted(item.gold), *sorted(item.also_ok)),
            confidence=1.0 if item.fitting else 0.0,
        )

    return ask


@pytest.fixture(scope="module")
def measured(items: list[Item], corpus: Corpus) -> Callable[[System], Figures]:
    def measure(system: System) -> Figures:
        pairs: Sequence[Pair] = [(item, system(item)) for item in items]
        scores = {name: score(pairs, corpus) for name, score in THINGS.items()}
        scores["dialogue"] = dialogue.score(pairs, corpus)
        info = RunInfo(target="made up", at=now(), index_version="", encoder="", questions="")
        run = ScoredRun(info, pairs, scores)
        means = {metric: figure(values.values()).mean for metric, values in run.values.items() if values}
        return means | {name: each.mean for name, each in run.statistics.items() if each.n}

    return measure


@pytest.fixture(scope="module")
def right(oracle: System, measured: Callable[[System], Figures]) -> Figures:
    return measured(oracle)


def test_one_who_knows_the_truth_scores_best_everywhere(right: Figures) -> None:
    # Where there is nothing to find, nothing is right: at full coverage some risk remains.
    best = {"forbidden facts", "inventions", "Brier", "ECE", "AURC"}
    assert {name: value for name, value in right.items() if name in best and value > 0.04} == {}
    assert {name: value for name, value in right.items() if name not in {*best, "seconds"} and value < 0.98} == {}


def test_shuffled_citations(oracle: System, measured: Callable[[System], Figures], items: list[Item]) -> None:
    replies = [oracle(item) for item in items]
    given = [reply.citations for reply in replies if reply.citations]
    moved = iter([*given[7:], *given[:7]])
    shuffled = {
        reply.id: replace(reply, citations=(cited := next(moved)), ranking=tuple(each.source for each in cited))
        if reply.citations
        else reply
        for reply in replies
    }
    broken = measured(lambda item: shuffled[item.id])
    for metric in ("hit@1", "hit@5", "MRR", "nDCG@5", "citation recall", "citation precision", "lead"):
        assert broken[metric] < 0.15, metric
    assert broken["complete lists"] < 0.05
    assert broken["CRAG"] < -0.2
    assert broken["follow-ups: first source"] < 0.2
    assert broken["ECE"] > 0.6
    assert broken["AURC"] > 0.6
    # What was not broken is not blamed.
    assert broken["status"] > 0.98
    assert broken["refusal recall"] > 0.98


def test_wrong_lead_departments(oracle: System, measured: Callable[[System], Figures], right: Figures) -> None:
    def mislead(item: Item) -> Reply:
        reply = oracle(item)
        wrong = ("区走出去局",)
        text = reply.text.replace("、".join(item.lead), wrong[0]) if item.lead else reply.text
        return replace(reply, text=text, citations=tuple(replace(each, lead=wrong) for each in reply.citations))

    broken = measured(mislead)
    assert (broken["lead"], broken["lead precision"], broken["lead recall"]) == (0.0, 0.0, 0.0)
    assert broken["inventions"] > 0.5
    assert broken["lead named as printed"] < 0.2
    assert broken["hit@1"] == right["hit@1"]


def test_one_that_always_answers(oracle: System, measured: Callable[[System], Figures], items: list[Item]) -> None:
    some = next(reply for item in items if (reply := oracle(item)).status == "answered" and reply.citations)

    def answer(item: Item) -> Reply:
        reply = oracle(item)
        return replace(reply, status="answered", citations=reply.citations or some.citations, confidence=1.0)

    broken = measured(answer)
    assert broken["refusal recall"] == 0.0
    assert "refusal precision" not in broken
    answerable = sum(item.answerable for item in items) / len(items)
    assert broken["status"] == pytest.approx(answerable)
    assert broken["CRAG"] == pytest.approx(answerable - (1 - answerable))
    assert broken["injections treated rightly"] < 0.6
    assert broken["ECE"] > 0.1


def test_one_that_never_answers(measured: Callable[[System], Figures], items: list[Item]) -> None:
    broken = measured(lambda item: Reply(item.id, 0.01, "no_evidence", "通知里没有。", confidence=0.0))
    for metric in ("hit@1", "hit@5", "MRR", "lead", "citation recall", "citation precision"):
        assert broken[metric] == 0.0, metric
    assert broken["key facts"] < 0.02
    assert broken["refusal recall"] == 1.0
    assert broken["refusal precision"] == pytest.approx(sum(not item.answerable for item in items) / len(items))
    declined = sum(item.is_right("no_evidence") for item in items) / len(items)
    assert broken["status"] == pytest.approx(declined)
    # Nothing it says is wrong, and nothing is of use.
    assert broken["CRAG"] == pytest.approx(declined)
    assert broken["lead recall"] == 0.0
    assert broken["forbidden facts"] == 0.0


def test_one_that_invents_and_says_what_it_must_not(oracle: System, measured: Callable[[System], Figures]) -> None:
    def invent(item: Item) -> Reply:
        reply = oracle(item)
        return replace(reply, text=f"{reply.text} 电话25658888。{'。'.join(item.must_not_say)}")

    broken = measured(invent)
    assert broken["inventions"] == 1.0
    assert broken["forbidden facts"] == 1.0
    assert broken["injections withstood"] == 0.0


def test_one_that_quotes_what_is_not_there(oracle: System, measured: Callable[[System], Figures]) -> None:
    def misquote(item: Item) -> Reply:
        reply = oracle(item)
        return replace(reply, citations=tuple(replace(each, quote=f"{each.quote}免费") for each in reply.citations))

    assert measured(misquote)["verbatim quotes"] == 0.0


def test_one_that_fails_is_not_taken_for_one_that_declines(measured: Callable[[System], Figures]) -> None:
    broken = measured(lambda item: Reply(item.id, 60.0, failure="ReadTimeout"))
    assert (broken["status"], broken["CRAG"], broken["refusal recall"]) == (0.0, 0.0, 0.0)
    assert (broken["hit@1"], broken["lead"]) == (0.0, 0.0)


def test_one_that_boasts_is_found_out(oracle: System, measured: Callable[[System], Figures], right: Figures) -> None:
    boasted = measured(lambda item: replace(oracle(item), confidence=1.0, ranking=("M48",)))
    assert boasted["ECE"] > 0.8
    assert boasted["Brier"] > 0.8
    assert right["ECE"] < 0.01
