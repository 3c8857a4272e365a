"""Settings: what is misspelt is refused by name, wherever it stands; the example names every setting there is."""

import re
from pathlib import Path

import pytest

from ingest.errors import SettingsError
from ingest.settings import PROJECT_DIR, Settings, load_settings

EXAMPLE = PROJECT_DIR / "docs" / "policyqa.example.toml"
_OFF = re.compile(r"^# (?=[a-z_]+ = |\[\[)", re.MULTILINE)


@pytest.fixture(autouse=True)
def _empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refused() -> str:
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    return str(refusal.value)


def test_an_unknown_variable_is_named_with_the_setting_that_may_have_been_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICYQA_STORE_ULR", "sqlite:///elsewhere.db")
    monkeypatch.setenv("POLICYQA_FOO", "1")
    said = refused()
    assert "POLICYQA_STORE_ULR: 没有这个设置,是不是 POLICYQA_STORE_URL" in said
    assert "POLICYQA_FOO: 没有这个设置" in said


def test_an_unknown_name_in_the_file_is_named_with_the_setting_that_may_have_been_meant(tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_text(
        'encodre = "packaged"\n[rate_limits.agnet]\nread = 1\n[rate_limits.agent]\nraed = 1\n', encoding="utf-8"
    )
    said = refused()
    assert "encodre: 没有这个设置,是不是 encoder" in said
    assert "rate_limits.agnet: 没有这个设置" in said
    assert "rate_limits.agent.raed: 没有这个设置" in said


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policyqa.toml").write_text("retention_days = 0\n", encoding="utf-8")
    monkeypatch.setenv("POLICYQA_FOO", "1")
    said = refused()
    assert "POLICYQA_FOO" in said
    assert "retention_days" in said


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("POLICYQA_RATE_LIMITS", "many", "rate_limits"),
        ("POLICYQA_CORPUS_DIR", "nowhere", "nowhere"),
        ("POLICYQA_CONFIG", "nowhere.toml", "nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_named(variable: str, value: str, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    assert named in refused()


@pytest.mark.parametrize("written", [b"retention_days = \n", "log_level = '信息'\n".encode("gbk")])
def test_a_file_that_is_no_toml_is_named(written: bytes, tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_bytes(written)
    assert "policyqa.toml 读不了" in refused()


def test_the_file_may_lie_elsewhere_and_the_environment_wins_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "etc" / "policyqa.toml"
    file.parent.mkdir()
    file.write_text('retention_days = 30\nlog_level = "ERROR"\n', encoding="utf-8")
    monkeypatch.setenv("POLICYQA_CONFIG", str(file))
    monkeypatch.setenv("POLICYQA_LOG_LEVEL", "DEBUG")
    settings = load_settings()
    assert (settings.retention_days, settings.log_level) == (30, "DEBUG")


def test_the_example_names_every_setting() -> None:
    written = _OFF.sub("", EXAMPLE.read_text(encoding="utf-8"))
    named = set(re.findall(r"^\[*([a-z_]+)", written, re.MULTILINE))
    assert Settings.model_fields.keys() - named == set(), "docs/policyqa.example.toml does not name these settings"


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings().rate_limits.agent.write == 300


def test_what_the_example_leaves_out_can_be_used_too(tmp_path: Path) -> None:
    written = _OFF.sub("", EXAMPLE.read_text(encoding="utf-8"))
    (tmp_path / "policyqa.toml").write_text(written.replace("/srv/policyqa/corpus", str(tmp_path)), encoding="utf-8")
    settings = load_settings()
    assert settings.corpus_dir == tmp_path
    assert [server.model for server in settings.model_servers] == ["qwen2.5-7b-instruct", "qwen2.5-3b-instruct"]
