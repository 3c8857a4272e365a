"""Does each language model answer that is set. Its key is sent and never shown."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from api.doctor.finding import Finding
from ingest.errors import PolicyQAError
from ingest.settings import ModelServerSettings, Settings
from rag.model.listing import listed_models

_MAGIC = b"GGUF"
_MEANWHILE = "其间答复照常,由程序按原文组织。"


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """Every server, and the local file."""
    for server in settings.model_servers:
        yield _server(server, settings.llm_timeout_s)
    if settings.llm_gguf:
        yield _file(settings.llm_gguf)
    if not settings.model_servers and not settings.llm_gguf:
        yield Finding("语言模型", "ok", "没有设,答复由程序按原文组织")


def _server(server: ModelServerSettings, timeout_s: float) -> Finding:
    # An address may carry a password.
    place = f"{server.base_url.host}:{server.base_url.port}"
    subject = f"语言模型 {server.model}"
    try:
        listed = listed_models(server, timeout_s)
    except PolicyQAError as error:
        return Finding(subject, "attention", f"{place}:{error.message}", f"{error.remedy}{_MEANWHILE}")
    if server.model not in listed:
        remedy = "请核对 llm_model;有的服务只列出一部分,那就不必理会。"
        return Finding(subject, "attention", f"{place} 有应答,但列出的是:{'、'.join(listed) or '无'}", remedy)
    return Finding(subject, "ok", f"{place} 有应答")


def _file(file: Path) -> Finding:
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_MAGIC))
    except OSError as error:
        return Finding("语言模型", "failed", f"读不了 {file}:{error.strerror}", "请检查 llm_gguf。")
    if begin != _MAGIC:
        return Finding("语言模型", "failed", f"{file} 不是 GGUF 文件", "请检查 llm_gguf。")
    if find_spec("xllamacpp") is None:
        return Finding("语言模型", "failed", "没有安装 xllamacpp", "请运行 pip install 'policy-qa[gguf]'。")
    return Finding("语言模型", "ok", f"{file},{file.stat().st_size / 1e6:.0f} MB")
