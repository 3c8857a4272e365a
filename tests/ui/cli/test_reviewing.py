"""policyqa bank review, purge and digest in a terminal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.store import Decision, Exchange, Proposal, Store
from ui.cli.app import app

NOW = datetime.now(UTC)
QUESTION = "糕团店想进外国驻沪机构做茶歇"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one candidate, of a ticket of two years ago."""
    root = Path(__file__).parents[3]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in (root / "corpus").rglob("*"):
        if path.is_file() and path.suffix != ".jsonl":
            target = corpus / path.relative_to(root / "corpus")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(corpus))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    store = Store(f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    monkeypatch.setenv("POLICYQA_STORE_URL", f"sqlite:///{tmp_path / 'data' / 'store.db'}")
    exchange = Exchange(
        "t", "assist", NOW - timedelta(days=700), QUESTION, "answered", ("hongkou-2025/M1",), (), {}, 0.1
    )
    store.exchanges.record(exchange)
    proposal = Proposal(QUESTION, ("hongkou-2025/M1",), ("hongkou-2025/M3",))
    store.review.decide(Decision("t", NOW, "坐席", "wrong_measure", ("hongkou-2025/M3",)), [proposal])
    store.close()
    return tmp_path


def run(*arguments: str, typed: str = "") -> str:
    result = CliRunner().invoke(app, list(arguments), input=typed)
    assert result.exit_code == 0, result.output
    return result.output


def banked(project: Path) -> str:
    path = project / "corpus" / "hongkou-2025" / "approved.jsonl"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_an_approved_candidate_is_in_the_bank(project: Path) -> None:
    output = run("bank", "review", "--who", "王审核", typed="a\n")
    assert QUESTION in output
    assert "policyqa ingest" in output
    assert '"source": "M3"' in banked(project)
    assert "王审核" in banked(project)
    assert "没有待审核" in run("bank", "review")


def test_wording_and_source_may_be_changed(project: Path) -> None:
    run("bank", "review", typed="e\n糕团进机构\n-\n")
    assert '"source": "-", "question": "糕团进机构"' in banked(project)


def test_a_source_that_there_is_not_is_named_and_nothing_is_banked(project: Path) -> None:
    assert "M99" in run("bank", "review", typed="e\n\nhongkou-2025/M99\n")
    assert banked(project) == ""
    assert QUESTION in run("bank", "review", typed="q\n")


def test_what_is_skipped_or_rejected_is_not_banked(project: Path) -> None:
    run("bank", "review", typed="s\n")
    run("bank", "review", typed="r\n原答复是对的\n")
    assert banked(project) == ""
    assert "没有待审核" in run("bank", "review")


def test_purge_deletes_what_is_older_than_the_settings_say(project: Path) -> None:
    assert "1 条" in run("purge", "--who", "管理员")
    assert "0 条" in run("purge", "--days", "30")


def test_the_digest_says_how_many_tickets_there_were(project: Path) -> None:
    assert "近 7 天 0 件" in run("digest")
