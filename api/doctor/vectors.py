"""Where are the vectors, and can that be reached."""

from collections.abc import Iterator

import httpx

from api.doctor.finding import Finding
from ingest.settings import Settings

_PATIENCE_S = 3.0


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """The Chroma server, if there is one; files are looked at with the index."""
    if not settings.chroma_url:
        yield Finding("向量库", "ok", "Chroma,在数据文件夹里")
        return
    try:
        httpx.get(f"{settings.chroma_url}/api/v2/heartbeat", timeout=_PATIENCE_S).raise_for_status()
    except httpx.HTTPError as error:
        seen = f"Chroma 服务器 {settings.chroma_url} 没有应答:{type(error).__name__}"
        remedy = "请检查它是否在运行、POLICYQA_CHROMA_URL 是否正确;其间只按字词检索。"
        yield Finding("向量库", "failed", seen, remedy)
        return
    yield Finding("向量库", "ok", f"Chroma 服务器 {settings.chroma_url} 有应答")
