"""A small disk of the test's own, that can be filled up and made read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SIZE = "32m"
_BLOCK = b"\0" * 2**16


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """What is mounted at ``path``."""

    path: Path

    def fill(self, leave: int = 0) -> None:
        """Write until nothing more fits, then give ``leave`` bytes back."""
        file = os.open(self._ballast, os.O_CREAT | os.O_WRONLY)
        try:
            while os.write(file, _BLOCK):
                pass
        except OSError:
            os.truncate(file, max(os.fstat(file).st_size - leave, 0))
        finally:
            os.close(file)

    def make_room(self) -> None:
        """Remove what ``fill`` wrote."""
        self._ballast.unlink()

    def remount(self, how: str) -> None:
        """``ro`` or ``rw``; nothing on it may be open for writing."""
        subprocess.run(["mount", "-o", f"remount,{how}", self.path], check=True)

    @property
    def _ballast(self) -> Path:
        return self.path / "ballast"


@contextmanager
def small_disk(path: Path) -> Iterator[SmallDisk]:
    """The test is skipped where nothing may be mounted."""
    path.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(path)]
    if os.geteuid() or subprocess.run(mounting, check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("only root, where it may mount, has a disk to fill")
    try:
        yield SmallDisk(path)
    finally:
        # Lazily: what a test leaves open shall not keep the mount.
        subprocess.run(["umount", "--lazy", path], check=True)
