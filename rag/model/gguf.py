"""A local GGUF file, run in this process by xllamacpp (the optional extra gguf) behind an address of its own."""

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import HttpUrl, SecretStr

from ingest.errors import SettingsError
from ingest.settings import ModelServerSettings

CONTEXT = 8192
"""Tokens, prompt and answer together: five times what the longest prompt needs."""

_running: list[Any] = []
"""A server that nobody holds stops."""


@lru_cache
def open_gguf(file: Path) -> ModelServerSettings:
    """Load the file, once a process, and say how to reach it: on loopback, with a key that nobody else knows.

    Raises SettingsError if the extra is not installed or the file cannot be loaded.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise SettingsError("没有安装 xllamacpp。", "请运行 pip install 'policy-qa[gguf]'。") from error
    if not file.is_file():
        raise SettingsError(f"没有模型文件 {file}。", "请检查 llm_gguf。")
    key = secrets.token_urlsafe()
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(file)
    wanted.n_ctx = CONTEXT
    wanted.n_parallel = 1
    wanted.api_keys = [key]
    wanted.verbosity = 0
    wanted.ui = False
    try:
        server = xllamacpp.Server(wanted)
    except Exception as error:  # its errors have no common base
        raise SettingsError(f"模型文件 {file.name} 装不进来:{error}。", "请检查 llm_gguf 是不是 GGUF 文件。") from error
    _running.append(server)
    return ModelServerSettings(
        base_url=HttpUrl(f"{server.listening_address}/v1"), model=file.stem, api_key=SecretStr(key)
    )
