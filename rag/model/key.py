"""The key of a language model server, from the settings or from a file."""

from pydantic import SecretStr

from ingest.errors import SettingsError
from ingest.settings import ModelServerSettings

_NO_KEY = SecretStr("none")
"""Servers that want none take any."""


def key_of(server: ModelServerSettings) -> SecretStr:
    """Raises SettingsError if the key's file cannot be read."""
    if server.api_key_file:
        try:
            return SecretStr(server.api_key_file.read_text(encoding="utf-8").strip())
        except OSError as error:
            raise SettingsError(
                f"读不了密钥文件 {server.api_key_file}:{error.strerror}。", "请检查 llm_api_key_file。"
            ) from error
    return server.api_key if server.api_key.get_secret_value() else _NO_KEY
