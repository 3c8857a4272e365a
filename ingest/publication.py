"""Publishing a folder or file atomically: build aside, then one rename. A reader sees all of it or nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_ASIDE = ".building"
_ONLY_OWNER = 0o600


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """A scratch folder that becomes ``target`` when the block ends without error.

    Left-overs of an earlier run that was killed are removed first; on error the scratch folder is removed
    and ``target`` stays as it was. ``target`` must not exist yet or is replaced.
    """
    aside = target.with_name(target.name + _ASIDE)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        yield aside
        shutil.rmtree(target, ignore_errors=True)
        aside.replace(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


@contextmanager
def published_file(target: Path) -> Iterator[BinaryIO]:
    """A file that only its owner may read, and that becomes ``target`` when the block ends without error.

    It is on disk by then; on error it is removed, and ``target`` stays as it was.
    """
    aside = target.with_name(target.name + _ASIDE)
    aside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, _ONLY_OWNER), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, text: str) -> None:
    """Replace the file at ``path`` in one step, on disk before this returns."""
    aside = path.with_name(path.name + _ASIDE)
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
