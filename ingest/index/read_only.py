"""Chroma writes into its folder even where it only reads. Where it may not, it is given a copy of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_DATABASE = "chroma.sqlite3"


def is_read_only(folder: Path) -> bool:
    """Whether a Chroma folder that is there must not be written to: a replica's disk, or another user's folder."""
    database = folder / _DATABASE
    return database.exists() and not (os.access(folder, os.W_OK) and os.access(database, os.W_OK))


@contextmanager
def private_copy(folder: Path) -> Iterator[Path]:
    """A copy in the folder for temporary files, whatever the modes of the original, for as long as the block lasts."""
    with TemporaryDirectory(prefix="policyqa-chroma-") as name:
        copy = Path(name)
        for path in sorted(folder.rglob("*")):
            target = copy / path.relative_to(folder)
            if path.is_dir():
                target.mkdir()
            else:
                shutil.copyfile(path, target)
        yield copy
