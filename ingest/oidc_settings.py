"""Settings for signing in through the organisation's own OpenID Connect provider."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator

from ingest.errors import SettingsError

StaffRole = Literal["agent", "reviewer", "operator"]
SECRET_LENGTH = 32
"""Fewer characters could be guessed."""

Issuer = Annotated[
    str, Field(pattern=r"^(https://[^/?#\s@]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)(/[^?#\s]*)?$")
]
"""As the provider writes it, to the last stroke. Its keys come from there: unencrypted only on this machine."""


class OidcSettings(BaseModel):
    """A part of Settings that is set as a whole or not at all.

    ``oidc_roles`` says which value of the claim ``oidc_role_claim`` gives which role; of several the highest counts.
    ``session_secret`` signs the cookies; every process has the same. Either secret may stand in a file instead.
    """

    oidc_issuer: Literal[""] | Issuer = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_client_secret_file: Path | None = None
    oidc_role_claim: str = Field("groups", min_length=1)
    oidc_roles: dict[str, StaffRole] = {}
    session_secret: SecretStr = SecretStr("")
    session_secret_file: Path | None = None

    @model_validator(mode="after")
    def _oidc_is_whole(self) -> Self:
        given = {
            "oidc_issuer": self.oidc_issuer,
            "oidc_client_id": self.oidc_client_id,
            "oidc_client_secret(或 oidc_client_secret_file)": self.oidc_client_secret or self.oidc_client_secret_file,
            "oidc_roles": self.oidc_roles,
            "session_secret(或 session_secret_file)": self.session_secret or self.session_secret_file,
        }
        lacking = [name for name, value in given.items() if not value]
        if lacking and len(lacking) < len(given):
            raise ValueError(f"统一登录的设置要齐全,还缺 {'、'.join(lacking)}")
        return self

    @property
    def has_oidc(self) -> bool:
        """Whether anybody signs in that way."""
        return bool(self.oidc_issuer)

    def client_secret(self) -> str:
        """What the provider knows this service by. Raises SettingsError if its file cannot be read or is empty."""
        return _read(self.oidc_client_secret, self.oidc_client_secret_file, "oidc_client_secret", 1)

    def signing_secret(self) -> str:
        """What cookies are signed with. Raises SettingsError if its file cannot be read, or it is too short."""
        return _read(self.session_secret, self.session_secret_file, "session_secret", SECRET_LENGTH)


def _read(secret: SecretStr, file: Path | None, setting: str, length: int) -> str:
    found = secret.get_secret_value()
    if file:
        try:
            found = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"读不了 {file}。", f"请检查 {setting}_file 和文件的权限。") from error
    if len(found) < length:
        raise SettingsError(f"{setting} 太短,至少要 {length} 个字符。", "可以用 openssl rand -hex 32 生成一个。")
    return found
