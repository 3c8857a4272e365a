"""policyqa keys in a terminal."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.store import Store
from api.store.keys import digest
from tests.ui.cli.test_app import policyqa
from ui.cli.app import app


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store that the commands use."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("POLICYQA_STORE_URL", url)
    return url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["keys", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def add(name: str, role: str) -> str:
    return run("add", name, "--role", role, "--who", "管理员").splitlines()[0]


def test_a_new_key_is_alone_on_its_line_and_said_to_be_shown_only_now(store: Store) -> None:
    key, remark = run("add", "王坐席", "--role", "agent").splitlines()
    assert "只在此时显示" in remark
    (kept,) = store.keys.all()
    assert (kept.name, kept.role, kept.sha256) == ("王坐席", "agent", digest(key))
    assert key not in run("list")


def test_the_list_shows_names_as_they_are_with_role_and_times(store: Store) -> None:
    add("王坐席", "agent")
    add("[大屏]", "operator")
    run("revoke", "王坐席")
    (revoked, in_force) = store.keys.all()
    assert revoked.revoked_at
    rows = {row[0]: row[1:] for row in map(cells, run("list").splitlines()) if row}
    assert rows["王坐席"] == ["agent", shown(revoked.created_at), shown(revoked.revoked_at)]
    assert rows["[大屏]"] == ["operator", shown(in_force.created_at), ""]


def test_an_empty_list_says_what_that_means(url: str) -> None:
    assert "人人都可" in run("list")


def test_who_made_and_who_revoked_is_on_record(store: Store) -> None:
    run("add", "王坐席", "--role", "reviewer", "--who", "张主管")
    run("revoke", "王坐席", "--who", "李主管")
    assert [(entry.who, entry.what) for entry in store.review.audit()] == [
        ("李主管", "key revoked"),
        ("张主管", "key created"),
    ]


@pytest.mark.parametrize(
    ("arguments", "mentions"),
    [
        (("revoke", "没有这人"), ("没有这人", "policyqa keys list")),
        (("add", "王坐席", "--role", "agent"), ("王坐席", "policyqa keys revoke")),
        (("add", " ", "--role", "agent"), ("1 至 100",)),
    ],
)
def test_what_cannot_be_done_exits_2_with_one_line_that_names_the_remedy(
    url: str, arguments: tuple[str, ...], mentions: tuple[str, ...]
) -> None:
    add("王坐席", "agent")
    failed = policyqa("keys", *arguments)
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert all(each in failed.stderr for each in mentions)
    assert "pq_" not in failed.stdout + failed.stderr


def test_a_known_public_client_has_a_key_too(store: Store) -> None:
    key = add("园区网站", "public")
    (kept,) = store.keys.all()
    assert (kept.name, kept.role, kept.sha256) == ("园区网站", "public", digest(key))


def test_a_role_that_there_is_not_is_refused(store: Store) -> None:
    assert CliRunner().invoke(app, ["keys", "add", "王坐席", "--role", "admin"]).exit_code == 2
    assert store.keys.all() == ()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("│").split("│")] if line.startswith("│") else []


def shown(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
