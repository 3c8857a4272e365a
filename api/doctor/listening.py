"""Is the port free, or is it this service that has it."""

import socket
from collections.abc import Iterator

import httpx

from api.doctor.finding import Finding
from ingest.settings import Settings

_HERE = "127.0.0.1"
_PATIENCE_S = 2.0


def check(_settings: Settings, port: int) -> Iterator[Finding]:
    """The port on this machine."""
    with socket.socket() as listener:
        # As uvicorn: one that was closed a moment ago is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HERE, port))
        except PermissionError:
            yield Finding("端口", "failed", f"{port} 要有特权才能监听", "请用 1024 以上的端口,由反向代理转来。")
            return
        except OSError as error:
            yield _taken(port, error)
            return
    yield Finding("端口", "ok", f"{port} 空着")


def _taken(port: int, error: OSError) -> Finding:
    try:
        answer = httpx.get(f"http://{_HERE}:{port}/readyz", timeout=_PATIENCE_S, trust_env=False)
        body = answer.json()
    except (httpx.HTTPError, ValueError):
        body = None
    if isinstance(body, dict) and {"version", "encoder", "notices"} <= body.keys():
        return Finding("端口", "ok", f"{port} 上本服务正在运行,索引版本 {body['version']}")
    seen = f"{port} 不能监听:{error.strerror}"
    return Finding("端口", "attention", seen, "若不是本服务在用,请停下占用它的程序,或用 --port 换一个。")
