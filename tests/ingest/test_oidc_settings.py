"""Settings of the single sign-on: whole or not at all, and no secret that could be guessed."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.errors import SettingsError
from ingest.settings import Settings, load_settings
from tests.oidc_provider import OidcProvider

PROVIDER = OidcProvider(issuer="https://sso.example.gov.cn/realms/staff")


def settings(**more: object) -> Settings:
    return Settings.model_validate(PROVIDER.environment(**more))


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_OIDC_ISSUER", PROVIDER.issuer)
    monkeypatch.setenv("POLICYQA_OIDC_CLIENT_ID", "policyqa")
    monkeypatch.setenv("POLICYQA_OIDC_CLIENT_SECRET", "geheim")
    monkeypatch.setenv("POLICYQA_OIDC_ROLES", '{"热线": "agent"}')
    with pytest.raises(SettingsError, match="还缺 session_secret"):
        load_settings()
    monkeypatch.setenv("POLICYQA_SESSION_SECRET", "x" * 32)
    loaded = load_settings()
    assert loaded.has_oidc
    assert loaded.oidc_roles == {"热线": "agent"}
    assert "geheim" not in repr(loaded)


def test_without_them_nobody_signs_in_that_way() -> None:
    assert not Settings().has_oidc


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ({"oidc_issuer": ""}, "oidc_issuer"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
        ({"oidc_client_secret": ""}, "oidc_client_secret_file"),
        ({"oidc_roles": {}}, "oidc_roles"),
        ({"session_secret": ""}, "session_secret_file"),
        ({"oidc_client_id": "", "oidc_roles": {}}, "oidc_client_id、oidc_roles"),
    ],
)
def test_what_lacks_is_named(lacking: dict[str, object], named: str) -> None:
    with pytest.raises(ValidationError, match=f"还缺 .*{named}"):
        settings(**lacking)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://sso.example.gov.cn",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "https://sso.example.gov.cn?x=1",
        "https://user@sso.example.gov.cn",
        "sso.example.gov.cn",
    ],
)
def test_an_issuer_that_cannot_be_trusted_is_none(issuer: str) -> None:
    with pytest.raises(ValidationError, match="oidc_issuer"):
        settings(oidc_issuer=issuer)


@pytest.mark.parametrize("issuer", ["https://sso.example.gov.cn/", "http://127.0.0.1:8080", "http://[::1]:8080/realm"])
def test_an_issuer_stays_as_it_is_written(issuer: str) -> None:
    assert settings(oidc_issuer=issuer).oidc_issuer == issuer


def test_a_role_must_be_one() -> None:
    with pytest.raises(ValidationError, match="oidc_roles"):
        settings(oidc_roles={"热线": "public"})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("from-file\n", encoding="utf-8")
    (tmp_path / "session").write_text("s" * 64 + "\n", encoding="utf-8")
    read = settings(
        oidc_client_secret="",
        oidc_client_secret_file=tmp_path / "client",
        session_secret="",
        session_secret_file=tmp_path / "session",
    )
    assert (read.client_secret(), read.signing_secret()) == ("from-file", "s" * 64)


def test_a_secret_that_cannot_be_read_or_is_too_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="oidc_client_secret_file"):
        settings(oidc_client_secret_file=tmp_path / "none").client_secret()
    with pytest.raises(SettingsError, match="session_secret 太短"):
        settings(session_secret="x" * 31).signing_secret()
