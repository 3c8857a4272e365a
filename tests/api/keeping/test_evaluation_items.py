"""What people say of answers becomes evaluation items: recorded, decided and reviewed in a real store."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.contract import FeedbackBody, FeedbackVerdict, KeyRole
from api.keeping.evaluation_items import Export, ItemMaker, LeftOut, Place
from api.keeping.journal import Journal
from api.keeping.judgement import Judged
from api.store import Candidate, Exchange
from api.store.decided import decisions_since
from ingest.corpus import CorpusNotice
from ingest.settings import Settings

ASKED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
QUESTION = "想把糖水铺开到曼谷去,国内这边要先办点啥?"
ROLES: Mapping[str, KeyRole] = {"王审核": "reviewer", "李坐席": "agent"}


def folded(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).lower()


def asked(trace_id: str = "t1", text: str = QUESTION, status: str = "answered", *sources: str) -> Exchange:
    cited = sources if sources or status not in ("answered", "partial") else ("hongkou-2025/M12",)
    response = {"intent": "which_office", "citations": [{"id": each} for each in cited]}
    return Exchange(trace_id, "ask", ASKED_AT, text, status, cited[:1], (), response, 0.04)


def ticket(*demands: str) -> Exchange:
    response = {"demands": [{"text": each, "citations": [{"id": "hongkou-2025/M12"}]} for each in demands]}
    cited = ("hongkou-2025/M12",) * len(demands)
    return Exchange("t1", "assist", ASKED_AT, ";".join(demands), "answered", cited, (), response, 0.04)


class Desk:
    """Answers that were given, and what people say of them."""

    def __init__(self, journal: Journal, entry: CorpusNotice) -> None:
        self.journal = journal
        self.entry = entry

    def answer(self, *exchanges: Exchange) -> "Desk":
        self.journal.store.exchanges.record(*exchanges)
        return self

    def say(self, verdict: FeedbackVerdict, *sources: str, who: str | None = None, trace_id: str = "t1") -> "Desk":
        correct = [f"hongkou-2025/{key}" if "/" not in key else key for key in sources]
        body = FeedbackBody(trace_id=trace_id, verdict=verdict, correct_sources=correct, text="张三说的")
        self.journal.decide(body, correct, who)
        return self

    def approve(self, *keys: str, question: str = "去曼谷开店先办什么") -> "Desk":
        candidate = self._candidate()
        sources = [f"hongkou-2025/{key}" for key in keys]
        self.journal.store.review.approve(candidate.id, "王审核", datetime.now(UTC), question, sources)
        return self

    def reject(self) -> "Desk":
        self.journal.store.review.reject(self._candidate().id, "王审核", datetime.now(UTC), "不对")
        return self

    def _candidate(self) -> Candidate:
        (candidate,) = self.journal.store.review.candidates()
        return candidate

    def export(self, known: Mapping[str, Place] | None = None) -> Export:
        store, long_ago = self.journal.store, ASKED_AT - timedelta(days=1)
        decisions = decisions_since(self.journal.settings.store, long_ago)
        reviewed = [*store.review.candidates("approved"), *store.review.candidates("rejected")]
        judged = [
            Judged(
                exchange,
                tuple(each for each in decisions if each.trace_id == exchange.trace_id),
                tuple(each for each in reviewed if each.trace_id == exchange.trace_id),
            )
            for exchange in store.exchanges.since(long_ago)
        ]
        return ItemMaker(self.entry, ROLES, known or {}, folded).export(judged)

    def item(self) -> Mapping[str, Any]:
        exported = self.export()
        assert exported.left_out == {}
        (item,) = exported.items
        return item

    def left_out(self, known: Mapping[str, Place] | None = None) -> Mapping[LeftOut, int]:
        exported = self.export(known)
        assert exported.items == ()
        return exported.left_out


@pytest.fixture
def desk(settings: Settings, tmp_path: Path, hongkou: CorpusNotice) -> Iterator[Desk]:
    own = settings.model_copy(update={"store_url": f"sqlite:///{tmp_path / 'store.db'}"})
    with closing(Journal(own)) as journal:
        yield Desk(journal, hongkou)


def truth(item: Mapping[str, Any]) -> tuple[str, bool, list[str], list[str]]:
    return item["status"], item["answerable"], item["gold"], item["also_ok"]


class TestRuling:
    def test_an_accepted_answer_is_right_with_its_first_source_and_the_printed_lead(
        self, desk: Desk, hongkou: CorpusNotice
    ) -> None:
        item = desk.answer(asked("t1", QUESTION, "answered", "hongkou-2025/M12", "hongkou-2025/M13")).say("helpful")
        assert truth(item.item()) == ("answered", True, ["M12"], [])
        assert item.item()["lead"] == list(hongkou.source("M12").lead)
        assert (item.item()["question"], item.item()["lang"]) == (QUESTION, "zh")

    def test_an_accepted_half_answer_has_a_topic_and_no_answer(self, desk: Desk) -> None:
        item = desk.answer(asked(status="partial")).say("helpful").item()
        assert truth(item) == ("partial", False, [], ["M12"])
        assert (item["lead"], item["kind"]) == ([], "unanswerable")

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("no_evidence", "out_of_scope"), ("out_of_scope", "out_of_scope"), ("chitchat", "chitchat")],
    )
    def test_an_accepted_refusal_stays_one(self, desk: Desk, status: str, expected: str) -> None:
        assert truth(desk.answer(asked(status=status)).say("helpful").item()) == (expected, False, [], [])

    @pytest.mark.parametrize("verdict", ["wrong_measure", "edited", "wrong_department", "incomplete"])
    def test_who_names_the_right_sources_is_followed(
        self, desk: Desk, hongkou: CorpusNotice, verdict: FeedbackVerdict
    ) -> None:
        item = desk.answer(asked()).say(verdict, "A7", "M3").item()
        assert truth(item) == ("answered", True, ["M3", "A7"], [])
        assert item["lead"] == list(dict.fromkeys((*hongkou.source("M3").lead, *hongkou.source("A7").lead)))

    def test_whether_the_right_source_states_what_was_missing_is_left_open(self, desk: Desk) -> None:
        item = desk.answer(asked(status="partial")).say("wrong_measure", "M3").item()
        assert truth(item) == ("answered|partial", True, ["M3"], [])

    def test_what_should_not_be_answered_has_no_source(self, desk: Desk) -> None:
        item = desk.answer(asked()).say("should_not_answer").item()
        assert truth(item) == ("out_of_scope", False, [], [])
        assert item["type"] == "unanswerable"

    @pytest.mark.parametrize("verdict", ["wrong_measure", "wrong_department", "incomplete", "edited"])
    def test_who_only_objects_does_not_say_what_is_right(self, desk: Desk, verdict: FeedbackVerdict) -> None:
        assert desk.answer(asked()).say(verdict).left_out() == {"unsaid": 1}

    def test_to_be_asked_back_is_no_answer(self, desk: Desk) -> None:
        assert desk.answer(asked(status="clarify")).say("helpful").left_out() == {"unsaid": 1}

    def test_a_refusal_with_sources_says_nothing(self, desk: Desk) -> None:
        assert desk.answer(asked()).say("should_not_answer", "M3").left_out() == {"unsaid": 1}


class TestSeveralWords:
    def test_contradictions_without_a_reviewer_are_left_out(self, desk: Desk) -> None:
        desk.answer(asked()).say("helpful", who="李坐席").say("wrong_measure", "M3")
        assert desk.left_out() == {"contradictory": 1}

    def test_an_objection_contradicts_an_acceptance(self, desk: Desk) -> None:
        assert desk.answer(asked()).say("helpful").say("wrong_department").left_out() == {"contradictory": 1}

    def test_an_objection_agrees_with_whoever_names_what_is_right(self, desk: Desk) -> None:
        item = desk.answer(asked()).say("wrong_measure", "M3", who="李坐席").say("wrong_measure").item()
        assert item["gold"] == ["M3"]
        assert "由 agent 判定 wrong_measure" in item["note"]

    def test_the_last_reviewer_counts(self, desk: Desk) -> None:
        desk.answer(asked()).say("wrong_measure", "M5", who="王审核").say("wrong_measure", "M3", who="王审核")
        assert desk.say("helpful", who="李坐席").item()["gold"] == ["M3"]

    def test_a_reviewer_who_only_objects_leaves_nothing_certain(self, desk: Desk) -> None:
        assert desk.answer(asked()).say("helpful").say("incomplete", who="王审核").left_out() == {"unsaid": 1}

    def test_a_name_without_key_is_no_reviewer(self, desk: Desk) -> None:
        desk.answer(asked()).say("helpful", who="赵局长").say("wrong_measure", "M3")
        assert desk.left_out() == {"contradictory": 1}

    def test_approved_sources_replace_those_of_the_decision(self, desk: Desk) -> None:
        item = desk.answer(asked()).say("wrong_measure", "M5").approve("M3").item()
        assert (item["question"], item["gold"]) == (QUESTION, ["M3"])
        assert "由 reviewer 判定 approved" in item["note"]

    def test_approved_as_not_dealt_with_is_a_refusal(self, desk: Desk) -> None:
        item = desk.answer(asked()).say("wrong_measure", "M5").approve().item()
        assert truth(item) == ("out_of_scope", False, [], [])

    def test_what_a_reviewer_rejected_is_not_certain(self, desk: Desk) -> None:
        assert desk.answer(asked()).say("wrong_measure", "M5").reject().left_out() == {"unsaid": 1}

    def test_a_question_asked_again_is_one_item_under_the_id_of_the_first_time(self, desk: Desk) -> None:
        alone = desk.answer(asked()).say("helpful").item()
        again = replace(asked("t0", f" {QUESTION[:-1]}?!"), at=ASKED_AT + timedelta(days=2))
        together = desk.answer(again).say("helpful", trace_id="t0").item()
        assert (together["id"], together["question"]) == (alone["id"], QUESTION)
        assert re.fullmatch(r"use-[0-9a-f]{12}", alone["id"])

    def test_a_question_answered_otherwise_another_time_is_contradictory(self, desk: Desk) -> None:
        desk.answer(asked(), asked("t2", QUESTION, "answered", "hongkou-2025/M3"))
        desk.say("helpful").say("helpful", trace_id="t2")
        assert desk.left_out() == {"contradictory": 1}

    def test_different_questions_are_different_items(self, desk: Desk) -> None:
        desk.answer(asked(), asked("t2", "短视频讲政策归谁")).say("helpful").say("helpful", trace_id="t2")
        ids = [item["id"] for item in desk.export().items]
        assert len(set(ids)) == 2


class TestLeftOut:
    @pytest.mark.parametrize("place", ["set", "bank"])
    def test_what_is_known_is_counted_by_where_it_stands(self, desk: Desk, place: Place) -> None:
        assert desk.answer(asked()).say("helpful").left_out({folded(QUESTION): place}) == {place: 1}

    @pytest.mark.parametrize("known", ["〔姓名〕想去曼谷开店,先办什么", "想去曼谷开店,先办什么"])
    def test_a_masked_question_is_known_with_and_without_its_marks(self, desk: Desk, known: str) -> None:
        desk.answer(asked(text="〔姓名〕想去曼谷开店,先办什么?")).say("helpful")
        assert desk.left_out({folded(known): "bank"}) == {"bank": 1}

    def test_what_still_holds_something_private_is_not_exported(self, desk: Desk) -> None:
        desk.answer(asked(text="电话13916472085,想去曼谷开店先办什么")).say("helpful")
        assert desk.left_out() == {"private": 1}

    def test_a_masked_question_is_exported_as_it_is_kept(self, desk: Desk) -> None:
        masked = "电话〔手机号〕,想去曼谷开店先办什么"
        assert desk.answer(asked(text=masked)).say("helpful").item()["question"] == masked

    @pytest.mark.parametrize("text", ["办证" * 1001, "〔姓名〕"])
    def test_what_cannot_be_asked_is_no_question(self, desk: Desk, text: str) -> None:
        assert desk.answer(asked(text=text)).say("helpful").left_out() == {"unreadable": 1}

    @pytest.mark.parametrize("source", ["hongkou-2025/M99", "pudong-2025/M12", "hongkou-2025/N"])
    def test_sources_that_are_not_of_the_notice_are_not_gold(self, desk: Desk, source: str) -> None:
        assert desk.answer(asked()).say("wrong_measure", source).left_out() == {"source": 1}

    def test_of_several_sources_those_of_the_notice_stay(self, desk: Desk) -> None:
        assert desk.answer(asked()).say("wrong_measure", "pudong-2025/M12", "M3").item()["gold"] == ["M3"]

    def test_a_list_is_not_known_to_be_whole(self, desk: Desk) -> None:
        listed = replace(asked(), response={"intent": "list", "citations": []})
        assert desk.answer(listed).say("helpful").left_out() == {"list": 1}

    def test_a_ticket_of_one_demand_is_an_item_of_its_kind(self, desk: Desk) -> None:
        item = desk.answer(ticket(QUESTION)).say("helpful").item()
        assert (item["type"], item["kind"], item["gold"]) == ("ticket", "ticket", ["M12"])

    def test_of_a_ticket_with_several_demands_nobody_knows_what_answers_which(self, desk: Desk) -> None:
        assert desk.answer(ticket(QUESTION, "办证")).say("helpful").left_out() == {"demands": 1}


class TestShape:
    @pytest.mark.parametrize(
        ("intent", "say", "kind"),
        [
            ("lookup", lambda desk: desk.say("helpful"), "lookup"),
            ("injection", lambda desk: desk.say("wrong_measure", "M3"), "which_office"),
            ("other_place", lambda desk: desk.say("should_not_answer"), "other_place"),
        ],
    )
    def test_the_kind_is_what_was_recognised_unless_the_ruling_says_otherwise(
        self, desk: Desk, intent: str, say: Callable[[Desk], Desk], kind: str
    ) -> None:
        desk.answer(replace(asked(), response={"intent": intent, "citations": []}))
        assert say(desk).item()["kind"] == kind

    def test_the_language_is_that_of_the_text(self, desk: Desk) -> None:
        desk.answer(asked(text="Who helps a Hongkou firm invest abroad?")).say("helpful")
        assert desk.item()["lang"] == "en"

    @pytest.mark.parametrize(("who", "speaker"), [(None, "public"), ("李坐席", "agent"), ("赵局长", "staff")])
    def test_the_note_says_role_day_and_verdict_and_no_name(self, desk: Desk, who: str | None, speaker: str) -> None:
        item = desk.answer(asked()).say("helpful", who=who).item()
        assert item["note"] == f"真实提问;{datetime.now(UTC):%Y-%m-%d} 由 {speaker} 判定 helpful"
        written = json.dumps(item, ensure_ascii=False)
        assert not any(name in written for name in ("李坐席", "赵局长", "张三", "t1"))
