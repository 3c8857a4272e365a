"""The store keeps what was confirmed, on SQLite and on PostgreSQL."""

import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, String, event, text
from sqlalchemy.engine.interfaces import DBAPICursor

from api.store import Decision, Exchange, Proposal, Store, Tally, Verdict
from api.store.engine import open_engine
from api.store.tables import metadata
from ingest.errors import CandidateClosed, SettingsError, StoreUnavailable, UnknownCandidate, UnknownTrace

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
TICKET = Exchange(
    trace_id="t1",
    kind="assist",
    at=NOW,
    text="来电人〔姓名〕开面馆,想一次办好执照和许可证。",
    status="answered",
    sources=("hongkou-2025/M1",),
    leads=("区市场监管局",),
    response={"status": "answered", "demands": [{"text": "一次办好"}]},
    seconds=0.04,
    ticket_id="HK-1",
    vector=np.array([0.6, 0.8], np.float32),
)

PROPOSAL = Proposal("面馆的证一次办好", ("hongkou-2025/M1",), ("hongkou-2025/M2",))


def wrong(trace_id: str = "t1", sources: tuple[str, ...] = ("hongkou-2025/M2",)) -> Decision:
    return Decision(trace_id, NOW, "坐席一", "wrong_measure", sources)


def test_an_exchange_comes_back_as_it_was_recorded(store: Store) -> None:
    store.exchanges.record(TICKET)
    found = store.exchanges.find("t1")
    assert (found.text, found.at, found.sources, found.leads) == (TICKET.text, NOW, TICKET.sources, TICKET.leads)
    assert found.response == TICKET.response
    assert found.vector is not None
    assert found.vector.tolist() == pytest.approx([0.6, 0.8])


def test_recording_again_changes_nothing(store: Store) -> None:
    store.exchanges.record(TICKET)
    store.exchanges.record(replace(TICKET, text="别的"))
    assert store.exchanges.find("t1").text == TICKET.text


def test_a_trace_that_is_not_kept_is_named(store: Store) -> None:
    with pytest.raises(UnknownTrace, match="nobody"):
        store.exchanges.find("nobody")
    with pytest.raises(UnknownTrace):
        store.review.decide(wrong("nobody"))


def test_times_come_back_aware_whatever_the_zone_they_came_in(store: Store) -> None:
    in_shanghai = NOW.astimezone(datetime.now().astimezone().tzinfo)
    store.exchanges.record(replace(TICKET, at=in_shanghai))
    assert store.exchanges.find("t1").at == NOW
    assert [each.trace_id for each in store.exchanges.since(NOW)] == ["t1"]
    assert not list(store.exchanges.since(NOW + timedelta(seconds=1)))


def test_tickets_come_newest_first_and_their_vectors_by_trace(store: Store) -> None:
    store.exchanges.record(TICKET)
    store.exchanges.record(replace(TICKET, trace_id="t2", at=NOW + timedelta(1), vector=np.array([1, 0], np.float32)))
    store.exchanges.record(replace(TICKET, trace_id="q", kind="ask", vector=None))
    assert store.exchanges.newest_tickets(10) == ["t2", "t1"]
    assert store.exchanges.newest_tickets(1) == ["t2"]
    vectors = store.exchanges.vectors(["t2", "q", "nobody"])
    assert {trace_id: vector.tolist() for trace_id, vector in vectors.items()} == {"t2": [1, 0]}


def test_without_tickets_there_are_no_vectors(store: Store) -> None:
    assert store.exchanges.newest_tickets(10) == []
    assert store.exchanges.vectors([]) == {}


def test_the_newest_tickets_are_found_without_a_look_at_any_exchange(tmp_path: Path) -> None:
    said: list[str] = []

    def hear(_connection: Connection, _cursor: DBAPICursor, statement: str, *_: object) -> None:
        said.append(statement)

    with closing(Store(f"sqlite:///{tmp_path / 'store.db'}")) as store:
        event.listen(Engine, "before_cursor_execute", hear)
        store.exchanges.newest_tickets(10)
        event.remove(Engine, "before_cursor_execute", hear)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        (step,) = connection.execute(f"EXPLAIN QUERY PLAN {said[-1]}", (10, 0)).fetchall()
    assert "COVERING INDEX ix_exchanges_tickets" in step[-1]


def test_the_outcome_of_a_ticket_is_the_latest_decision(store: Store) -> None:
    store.exchanges.record(TICKET)
    assert store.exchanges.outcomes(["t1"]) == {"t1": ("HK-1", None)}
    store.review.decide(wrong())
    store.review.decide(Decision("t1", NOW, "坐席一", "helpful"))
    assert store.exchanges.outcomes(["t1"]) == {"t1": ("HK-1", "helpful")}


def test_what_a_decision_proposes_becomes_a_candidate(store: Store) -> None:
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    assert Proposal(candidate.question, candidate.suggested, candidate.sources) == PROPOSAL
    assert store.review.candidates() == (candidate,)


def test_a_decision_without_proposal_is_kept_alone(store: Store) -> None:
    store.exchanges.record(TICKET)
    assert store.review.decide(wrong()) == ()
    assert store.exchanges.outcomes(["t1"]) == {"t1": ("HK-1", "wrong_measure")}
    assert not store.review.candidates()


def test_the_same_question_is_proposed_once_with_the_newest_sources(store: Store) -> None:
    store.exchanges.record(TICKET)
    store.review.decide(wrong(), [PROPOSAL])
    store.review.decide(wrong(), [replace(PROPOSAL, sources=("hongkou-2025/M3",))])
    assert [each.sources for each in store.review.candidates()] == [("hongkou-2025/M3",)]


def test_drafted_questions_wait_for_review_though_nobody_asked_them(store: Store) -> None:
    drafts = {"糖水铺想开到国外": ["hongkou-2025/M12"], "在外头投钱开店": ["hongkou-2025/M12"]}
    first, _ = store.review.draft(drafts, "语言模型 m", NOW)
    assert store.review.candidates()[0] == first
    assert (first.question, first.sources) == ("糖水铺想开到国外", ("hongkou-2025/M12",))
    assert (first.trace_id, first.verdict, first.suggested, first.proposed_by) == (None, None, (), "语言模型 m")
    assert store.review.audit(1)[0].detail == "2 of 2"


def test_what_ever_was_a_candidate_is_not_drafted_again(store: Store) -> None:
    store.exchanges.record(TICKET)
    (asked,) = store.review.decide(wrong(), [PROPOSAL])
    (drafted,) = store.review.draft({"新的问法": []}, "语言模型 m", NOW)
    store.review.reject(drafted.id, "审核员", NOW, "没人这样说")
    assert store.review.draft({PROPOSAL.question: [], "新的问法": []}, "语言模型 m", NOW) == ()
    assert store.review.candidates() == (asked,)


def test_a_drafted_question_that_an_agent_then_proposes_is_the_agents(store: Store) -> None:
    store.exchanges.record(TICKET)
    store.review.draft({PROPOSAL.question: ["hongkou-2025/M9"]}, "语言模型 m", NOW)
    (proposed,) = store.review.decide(wrong(), [PROPOSAL])
    assert (proposed.trace_id, proposed.proposed_by, proposed.sources) == ("t1", "坐席一", PROPOSAL.sources)
    assert store.review.candidates() == (proposed,)


def test_approval_tells_who_and_when_and_may_correct(store: Store) -> None:
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    approved = store.review.approve(candidate.id, "审核员", NOW, "面馆的证怎么一次办好", ["hongkou-2025/M5"])
    assert (approved.state, approved.reviewed_by, approved.reviewed_at) == ("approved", "审核员", NOW)
    assert (approved.question, approved.sources) == ("面馆的证怎么一次办好", ("hongkou-2025/M5",))
    assert store.review.candidates("approved") == (approved,)
    assert not store.review.candidates()


def test_what_is_decided_is_not_decided_again(store: Store) -> None:
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    store.review.reject(candidate.id, "审核员", NOW, "重复")
    with pytest.raises(CandidateClosed, match="审核员"):
        store.review.approve(candidate.id, "别人", NOW, "问", [])
    with pytest.raises(UnknownCandidate):
        store.review.approve(candidate.id + 1, "别人", NOW, "问", [])


def test_the_audit_trail_tells_who_did_what_newest_first(store: Store) -> None:
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    store.review.reject(candidate.id, "审核员", NOW, "重复")
    told = [(entry.who, entry.what) for entry in store.review.audit()]
    assert told == [("审核员", "candidate rejected"), ("坐席一", "feedback wrong_measure")]


def test_figures_count_what_became_of_answers(store: Store) -> None:
    verdicts: tuple[Verdict | None, ...] = ("helpful", "edited", "wrong_measure", None)
    for number, verdict in enumerate(verdicts):
        store.exchanges.record(replace(TICKET, trace_id=f"t{number}", seconds=61 if verdict is None else 0.1))
        if verdict:
            store.review.decide(Decision(f"t{number}", NOW, "甲", verdict))
    figures = store.exchanges.figures(NOW)
    assert (figures.exchanges, figures.within_a_minute, figures.decided) == (4, 3, 3)
    assert (figures.accepted, figures.edited, figures.rejected) == (1, 1, 1)
    assert figures.satisfaction == pytest.approx(1 / 3)
    assert figures.by_department == {"区市场监管局": Tally(4, 3, 1)}
    assert figures.by_source == {"hongkou-2025/M1": Tally(4, 3, 1)}
    assert store.exchanges.figures(NOW + timedelta(1)).satisfaction is None


def test_a_batch_goes_on_where_it_stopped(store: Store) -> None:
    assert store.batches.start("b", "tickets.xlsx", 3, NOW) == {}
    store.batches.save("b", {1: {"status": "answered"}, 2: {"status": "partial"}})
    assert store.batches.start("b", "tickets.xlsx", 3, NOW) == {1: {"status": "answered"}, 2: {"status": "partial"}}
    store.batches.finish("b", NOW)


def test_purging_deletes_what_is_old_and_keeps_what_was_approved(store: Store) -> None:
    store.exchanges.record(replace(TICKET, at=LONG_AGO))
    store.exchanges.record(replace(TICKET, trace_id="t2"))
    (first,) = store.review.decide(replace(wrong(), at=LONG_AGO), [PROPOSAL])
    store.review.approve(first.id, "审核员", LONG_AGO, first.question, first.sources)
    store.batches.start("b", "tickets.xlsx", 3, LONG_AGO)
    store.batches.save("b", {1: "x"})
    assert store.purge(NOW - timedelta(days=365), "管理员", NOW) == 1
    assert [each.trace_id for each in store.exchanges.since(LONG_AGO)] == ["t2"]
    assert store.review.candidates("approved")
    assert store.batches.start("b", "tickets.xlsx", 3, NOW) == {}
    assert store.review.audit(1)[0].what == "purge"


def test_the_migrations_build_just_the_tables_that_the_code_expects(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_candidates_from_before_drafts_are_kept(url: str) -> None:
    store = Store(url)
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    store.close()
    engine = open_engine(url)
    with engine.begin() as connection:
        with Operations(MigrationContext.configure(connection)).batch_alter_table("candidates") as table:
            table.alter_column("trace_id", existing_type=String(64), nullable=False)
            table.alter_column("verdict", existing_type=String(24), nullable=False)
        connection.execute(text("DROP INDEX ix_exchanges_tickets"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    engine.dispose()
    store = Store(url)
    assert store.review.candidates() == (candidate,)
    assert store.review.draft({"新的问法": []}, "语言模型 m", NOW)
    store.close()


def test_a_database_of_a_newer_program_is_not_touched(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="更新版本"):
        Store(url)


def test_eight_threads_lose_nothing(store: Store) -> None:
    def record(number: int) -> None:
        store.exchanges.record(replace(TICKET, trace_id=f"t{number}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(record, range(80)))
    assert store.exchanges.figures(NOW).exchanges == 80


_OPEN = "import sys; from api.store import Store; Store(sys.argv[1]).close()"
_WRITE = """
import itertools, sys
from datetime import UTC, datetime
from api.store import Store
store = Store(sys.argv[1])
store.batches.start("b", "x.csv", 9, datetime.now(UTC))
for number in itertools.count(1):
    store.batches.save("b", {number: "done"})
    print(number, flush=True)
"""


def test_two_processes_may_open_an_empty_store_at_once(url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", _OPEN, url]) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]


def test_what_was_confirmed_survives_a_kill(url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _WRITE, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        confirmed = [int(process.stdout.readline()) for _ in range(40)]
        process.kill()
        confirmed += [int(line) for line in process.stdout]
    store = Store(url)
    kept = store.batches.start("b", "x.csv", 9, NOW)
    store.close()
    assert set(confirmed) <= set(kept)


class TestSqlite:
    def test_only_the_owner_reads_the_file(self, tmp_path: Path) -> None:
        store = Store(f"sqlite:///{tmp_path / 'store.db'}")
        store.exchanges.record(TICKET)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("store.db*")}
        store.close()
        assert modes["store.db"] == modes["store.db-wal"] == 0o600

    def test_purged_text_is_nowhere_in_the_file(self, tmp_path: Path) -> None:
        store = Store(f"sqlite:///{tmp_path / 'store.db'}")
        store.exchanges.record(replace(TICKET, at=LONG_AGO, text="这句话以后不许再有", response={}))
        store.purge(NOW, "管理员", NOW)
        contents = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))
        store.close()
        assert "这句话以后不许再有".encode() not in contents

    def test_a_damaged_file_is_reported_without_its_path(self, tmp_path: Path) -> None:
        path = tmp_path / "store.db"
        path.write_bytes(b"this is no database" * 100)
        with pytest.raises(StoreUnavailable) as error:
            Store(f"sqlite:///{path}")
        assert str(tmp_path) not in str(error.value)

    def test_the_journal_is_written_ahead(self, tmp_path: Path) -> None:
        Store(f"sqlite:///{tmp_path / 'store.db'}").close()
        with sqlite3.connect(tmp_path / "store.db") as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()


@pytest.mark.parametrize("bad", ["nonsense", "oracle+no://x", "sqlite://"])
def test_an_unusable_url_is_a_setting_in_error(bad: str) -> None:
    with pytest.raises(SettingsError, match="store_url"):
        Store(bad)


def test_a_server_that_is_not_there_is_reported_without_the_password() -> None:
    with pytest.raises(StoreUnavailable) as error:
        Store("postgresql://agent:secret@127.0.0.1:1/none")
    assert "secret" not in str(error.value)
