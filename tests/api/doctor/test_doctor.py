"""The doctor finds what is broken, says the remedy, and goes on to the next check."""

import shutil
import socket
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import httpx
import pytest

from api import doctor
from api.doctor import Finding, examine, packages
from api.store import Store
from ingest.index.layout import current_version, index_dir, segment_dir, version_dir
from ingest.index.manifest import load_manifest
from ingest.settings import Settings
from tests.api.conftest import GRACE_S, Serve
from tests.api.store.test_store import NOW
from tests.conftest import NOTICE_ID

Usage = namedtuple("Usage", "total used free")


def look(module: str, settings: Settings, port: int = 0) -> list[Finding]:
    """What one group of checks finds."""
    return list(import_module(f"api.doctor.{module}").check(settings, port))


Examine = Callable[[str, Settings], Finding]


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> Examine:
    """The one finding of one group, as the doctor passes it on."""

    def examine_one(module: str, settings: Settings) -> Finding:
        groups = [group for group in doctor._GROUPS if group[0] == module]
        with monkeypatch.context() as patched:
            patched.setattr(doctor, "_GROUPS", groups)
            (finding,) = examine(settings, 0)
        return finding

    return examine_one


def states(findings: list[Finding]) -> dict[str, str]:
    return {each.subject: each.state for each in findings}


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def test_a_project_that_is_well_is_found_so(own_settings: Settings, free_port: int) -> None:
    findings = list(examine(own_settings, free_port))
    assert [each for each in findings if each.state != "ok"] == []
    assert {"Python", "依赖包", "设置", "数据文件夹", "磁盘", "语料", "编码模型", "向量库"} <= states(findings).keys()
    assert {"索引", "索引新旧", "工单库", "密钥", "语言模型", "端口"} <= states(findings).keys()
    assert not Path(own_settings.store.removeprefix("sqlite:///")).exists(), "nothing is changed"


def test_where_everything_is_broken_every_check_still_says_its_own(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "data").write_bytes(b"a file where a folder is needed")
    settings = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data")
    findings = list(examine(settings, free_port))
    found = states(findings)
    assert [found[each] for each in ("数据文件夹", "语料", "编码模型", "索引")] == ["failed"] * 4
    assert found["端口"] == "ok"
    assert all(each.remedy for each in findings if each.state != "ok")


def test_a_group_that_cannot_even_be_imported_spoils_no_other(
    own_settings: Settings, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(import_module("sys").modules, "api.doctor.published_index", None)
    found = {each.subject: each for each in examine(own_settings, free_port)}
    assert found["索引"].state == "failed"
    assert "ModuleNotFoundError" in found["索引"].seen
    assert found["工单库"].state == found["端口"].state == "ok"


def test_packages_that_are_missing_other_or_broken_are_named(
    own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = tmp_path / "constraints.txt"
    pins.write_text("fastapi==0.1\nOpenCC==1.4.2\n", encoding="utf-8")
    monkeypatch.setattr(packages, "_CONSTRAINTS", pins)
    (_, versions, _) = look("packages", own_settings)
    assert versions.state == "attention"
    assert "fastapi" in versions.seen
    assert "应为 0.1" in versions.seen
    assert "opencc" not in versions.seen.lower()
    monkeypatch.setattr(packages, "requires", lambda _: ["fastapi", "not-installed>=1", 'xllamacpp; extra == "gguf"'])
    monkeypatch.setattr(packages, "_SERVED_BY", ("not_installed",))
    (_, versions, imports) = look("packages", own_settings)
    assert (versions.state, versions.seen) == ("failed", "没有安装:not-installed")
    assert (imports.state, "not_installed" in imports.seen) == ("failed", True)


def test_settings_are_named_and_their_values_are_not_shown(
    own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_LLM_API_KEY", "sk-secret")
    (finding,) = look("written_settings", own_settings)
    assert "POLICYQA_LLM_API_KEY" in finding.seen
    assert "sk-secret" not in finding.seen


@pytest.mark.parametrize(("free_mb", "state"), [(10, "failed"), (100, "attention"), (100_000, "ok")])
def test_the_disk_must_have_room_for_an_ingest_and_a_backup(
    free_mb: int, state: str, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(0, 0, free_mb * 1_000_000))
    (_, disk) = look("folders", own_settings)
    assert disk.state == state


def test_each_notice_that_cannot_be_read_is_named(own_project: Settings) -> None:
    shutil.copytree(own_project.corpus_dir / NOTICE_ID, own_project.corpus_dir / "broken-2026")
    (own_project.corpus_dir / "broken-2026" / "notice.toml").write_text("title = ", encoding="utf-8")
    assert states(look("notices", own_project)) == {"语料 broken-2026": "failed", "语料": "ok"}


def test_a_corpus_that_was_changed_since_asks_for_ingest(own_project: Settings) -> None:
    with (own_project.corpus_dir / "departments.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert look("published_index", own_project)[1].state == "attention"
    questions = own_project.corpus_dir / NOTICE_ID / "questions.jsonl"
    questions.write_text("\n".join(questions.read_text(encoding="utf-8").splitlines()[1:]) + "\n", encoding="utf-8")
    (index, topical) = look("published_index", own_project)
    assert (index.state, topical.state, NOTICE_ID in topical.seen) == ("ok", "attention", True)
    assert "policyqa ingest" in topical.remedy


def damage_segment(settings: Settings) -> None:
    (name,) = load_manifest(version_dir(settings, current_version(settings))).segments
    (segment_dir(settings, name) / "passages.json").write_text("{}", encoding="utf-8")


def lose_index(settings: Settings) -> None:
    shutil.rmtree(index_dir(settings))


@pytest.mark.parametrize("harm", [damage_segment, lose_index])
def test_an_index_that_is_damaged_or_gone_asks_for_ingest(
    harm: Callable[[Settings], None], own_project: Settings, examined: Examine
) -> None:
    harm(own_project)
    finding = examined("published_index", own_project)
    assert finding.state == "failed"
    assert "policyqa ingest" in finding.remedy


def test_a_chroma_server_that_is_down_is_named(own_settings: Settings, free_port: int) -> None:
    (finding,) = look("vectors", own_settings.model_copy(update={"chroma_url": f"http://127.0.0.1:{free_port}"}))
    assert finding.state == "failed"
    assert str(free_port) in finding.seen


def test_keys_are_counted_and_none_means_this_machine_only(own_settings: Settings) -> None:
    with closing(Store(own_settings.store)) as store:
        assert "只能在本机" in look("tickets", own_settings)[1].seen
        store.keys.add("王坐席", "agent", "管理员", NOW)
        assert "1 个在用" in look("tickets", own_settings)[1].seen
        store.keys.revoke("王坐席", "管理员", NOW)
        assert look("tickets", own_settings)[1].state == "attention"
        assert store.review.audit()[0].what == "key revoked", "the doctor's try at writing is taken back"


def test_a_store_of_an_older_program_will_be_brought_up_to_date(own_settings: Settings, tmp_path: Path) -> None:
    Store(own_settings.store).close()
    set_revision(tmp_path / "store.db", "0001")
    (finding,) = look("tickets", own_settings)
    assert (finding.state, "0001" in finding.seen) == ("attention", True)


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: set_revision(file, "9999"),
        lambda file: file.write_bytes(b"no database" * 1000),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["newer", "garbage", "folder"],
)
def test_a_store_that_cannot_be_used_is_said_to_be_so(
    harm: Callable[[Path], None], own_settings: Settings, tmp_path: Path, examined: Examine
) -> None:
    Store(own_settings.store).close()
    harm(tmp_path / "store.db")
    finding = examined("tickets", own_settings)
    assert finding.state == "failed"
    assert finding.remedy


def set_revision(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def test_postgresql_that_is_down_is_said_without_its_password(
    own_settings: Settings, free_port: int, examined: Examine
) -> None:
    url = f"postgresql://policyqa:secret@127.0.0.1:{free_port}/policyqa"
    finding = examined("tickets", own_settings.model_copy(update={"store_url": url}))
    assert finding.state == "failed"
    assert "secret" not in finding.seen + finding.remedy


def test_a_port_is_free_taken_or_already_this_service(own_settings: Settings, free_port: int, serve: Serve) -> None:
    assert look("listening", own_settings, free_port)[0].state == "ok"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        (taken,) = look("listening", own_settings, other.getsockname()[1])
    assert taken.state == "attention"
    assert "--port" in taken.remedy
    address = serve(own_settings)
    assert httpx.get(f"{address}/readyz", timeout=GRACE_S).is_success
    (own,) = look("listening", own_settings, int(address.rpartition(":")[2]))
    assert (own.state, "正在运行" in own.seen) == ("ok", True)
