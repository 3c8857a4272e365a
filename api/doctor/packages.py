"""Are the packages there that the service needs, in the versions that it was tested with."""

import platform
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version

from api.doctor.finding import Finding
from ingest.settings import PROJECT_DIR, Settings

_OLDEST = (3, 11)
_SERVED_BY = ("api.app", "uvicorn", "gradio")
"""With these everything is imported that serving takes."""

_CONSTRAINTS = PROJECT_DIR / "constraints.txt"
_AFTER_NAME = re.compile(r"[^A-Za-z0-9._-]")
_INSTALL = "请在程序文件夹用 pip install --constraint constraints.txt --editable . 重装。"


def check(_settings: Settings, _port: int) -> Iterator[Finding]:
    """Python, the packages, and whether they can be imported."""
    running = platform.python_version()
    if sys.version_info >= _OLDEST:
        yield Finding("Python", "ok", running)
    else:
        yield Finding("Python", "failed", running, f"请安装 Python {'.'.join(map(str, _OLDEST))} 或更新的版本。")
    yield _versions()
    yield _imports()


def _versions() -> Finding:
    # An installed copy comes without constraints: there, what is installed is taken as it is.
    pins = _pins() if _CONSTRAINTS.exists() else {}
    missing, other = [], []
    wanted = [each for each in requires("policy-qa") or () if "extra ==" not in each]
    for name in (_AFTER_NAME.split(each, maxsplit=1)[0] for each in wanted):
        try:
            found = version(name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        # A build of the pinned version for one kind of machine, as 2.13.0+cpu, is that version.
        if (pinned := pins.get(_canonical(name), found)) not in (found, found.partition("+")[0]):
            other.append(f"{name} {found}(应为 {pinned})")
    if missing:
        return Finding("依赖包", "failed", f"没有安装:{'、'.join(missing)}", _INSTALL)
    if other:
        return Finding("依赖包", "attention", f"版本与 constraints.txt 不同:{'、'.join(other)}", _INSTALL)
    return Finding("依赖包", "ok", f"{len(wanted)} 个" + (",版本与 constraints.txt 一致" if pins else ""))


def _pins() -> dict[str, str]:
    lines = _CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pins = (line.split("#")[0].strip().partition("==") for line in lines)
    return {_canonical(name): pinned for name, _, pinned in pins if pinned}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imports() -> Finding:
    for name in _SERVED_BY:
        try:
            import_module(name)
        # A broken package raises what it likes.
        except Exception as error:
            return Finding("载入程序", "failed", f"{name} 载入时出错:{type(error).__name__}: {error}", _INSTALL)
    return Finding("载入程序", "ok", "服务要用的都载入了")
