"""Replacing several files and folders as one: stated first, then done, and done to the end by whoever comes next."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.errors import BackupError
from ingest.publication import write_atomically

STATEMENT = "replacing.json"
"""In the data folder for as long as a replacement is under way."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``new`` takes the place of ``old``, which goes to ``kept``; without ``new``, ``old`` only goes.

    Each is on the same file system as the others: nothing is copied.
    """

    old: Path
    kept: Path
    new: Path | None = None


def state(data_dir: Path, replacements: Sequence[Replacement]) -> None:
    """From now on they are to be done, in this order, and what is new is no longer to be removed. Raises OSError.

    The ingest lock is held.
    """
    stated = [{name: path and str(path.absolute()) for name, path in asdict(each).items()} for each in replacements]
    write_atomically(data_dir / STATEMENT, json.dumps(stated, ensure_ascii=False))


def finish(data_dir: Path) -> None:
    """Do what is stated and not yet done. The ingest lock is held. Raises BackupError if that cannot be done now."""
    statement = data_dir / STATEMENT
    if not statement.is_file():
        return
    try:
        for each in json.loads(statement.read_text(encoding="utf-8")):
            _replace(Path(each["old"]), Path(each["kept"]), Path(each["new"]) if each["new"] else None)
        statement.unlink()
    except OSError as error:
        raise BackupError(
            f"恢复只做了一半:{error.strerror} {error.filename}。", "请检查权限和磁盘;再运行任何命令就会接着做完。"
        ) from error


def _replace(old: Path, kept: Path, new: Path | None) -> None:
    if new and not new.exists():
        return
    if old.exists() and (new or not kept.exists()):
        kept.parent.mkdir(parents=True, exist_ok=True)
        old.replace(_free(kept))
    if new:
        new.replace(old)


def _free(path: Path) -> Path:
    """Somebody may have made another ``old`` before a replacement that was cut off went on: both are kept."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found
