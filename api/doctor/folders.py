"""Can the data folder be written to, and is there room on its disk."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.doctor.finding import Finding
from ingest.encoder import packaged_model_dir
from ingest.settings import PACKAGED_ENCODER, Settings

_MODEL_MB = 700
"""What building the packaged encoder writes: its weights in two forms."""

_WORK_MB = 200
"""Tickets of some months, logs, and files on their way."""

_FULL_MB = 50
"""With less than this a database can soon not be written to any more."""


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """The data folder and its disk."""
    folder = settings.data_dir
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        remedy = f"请让运行服务的用户可以写 {settings.data_dir},或改设 POLICYQA_DATA_DIR。"
        yield Finding("数据文件夹", "failed", f"{folder} 写不进:{error.strerror}", remedy)
    else:
        yield Finding("数据文件夹", "ok", f"{settings.data_dir.absolute()} 可以写")
    yield _disk(settings, folder)


def _disk(settings: Settings, folder: Path) -> Finding:
    """An ingest writes a new version beside the old one, and a backup holds about as much again."""
    free = shutil.disk_usage(folder).free / 1e6
    standing = sum(_size_mb(each) for each in (settings.data_dir / "index", settings.corpus_dir))
    needed = 2 * standing + _WORK_MB
    if settings.encoder == PACKAGED_ENCODER and not packaged_model_dir(settings).exists():
        needed += _MODEL_MB
    seen = f"剩 {free:.0f} MB;更新索引(新旧并存)和做一次备份要 {needed:.0f} MB"
    if free < _FULL_MB:
        return Finding("磁盘", "failed", seen, "请马上腾出空间:工单和答复快要存不下了。")
    if free < needed:
        return Finding("磁盘", "attention", seen, "请腾出空间,或把数据文件夹移到更大的磁盘。")
    return Finding("磁盘", "ok", seen)


def _size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
