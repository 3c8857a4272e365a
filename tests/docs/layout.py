"""The files of docs/deploy, read as Docker and systemd read them, and commands run in the places that they name.

A mount namespace puts the project at /opt/policyqa and folders of the test's own under /var/lib; the root file system
is read-only in it and /tmp is empty, as in the container and in the unit's sandbox.
"""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.settings import PROJECT_DIR

DEPLOY = PROJECT_DIR / "docs" / "deploy"
NOBODY = 65534
_READ_ANYTHING = "+dac_read_search"
"""The tests' Python may lie in a folder that only root can enter."""


def tool(name: str) -> str:
    """A program that the test needs; the test is skipped where it is missing."""
    found = shutil.which(name, path=f"{PROJECT_DIR / '.venv/bin'}:{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile."""

    name: str
    value: str

    def words(self) -> list[str]:
        """The exec form as a list, the shell form split as a shell does."""
        return list(json.loads(self.value)) if self.value.startswith("[") else shlex.split(self.value)


def dockerfile() -> list[Instruction]:
    """The instructions, comments left out and lines joined."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    joined = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    parts = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [Instruction(name, value.strip()) for name, value in parts]


def last_stage() -> list[Instruction]:
    """The instructions of the image that is run."""
    found = dockerfile()
    return found[max(at for at, each in enumerate(found) if each.name == "FROM") :]


def image_environment() -> dict[str, str]:
    """The variables that the image sets, but for PATH."""
    words = [word for each in last_stage() if each.name == "ENV" for word in each.words()]
    return {name: value for name, _, value in (word.partition("=") for word in words) if name != "PATH"}


def unit(name: str) -> list[tuple[str, str]]:
    """The settings of a systemd unit in order; a name may come more than once."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return [(key, value) for key, is_set, value in (line.partition("=") for line in lines if line[:1] != "#") if is_set]


def unit_environment(name: str) -> dict[str, str]:
    """The variables that a unit sets."""
    words = [word for key, value in unit(name) if key == "Environment" for word in shlex.split(value)]
    return {key: value for key, _, value in (word.partition("=") for word in words)}


def compose() -> dict[str, Any]:
    """The Compose file as Compose understands it."""
    command = [tool("docker-compose"), "-f", str(DEPLOY / "compose.yaml"), "config", "--format", "json"]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where commands run: folders of this machine at the paths of a deployment, read-only or not."""

    read_only: Mapping[str, Path]
    writable: Mapping[str, Path]
    environment: Mapping[str, str]

    def command(self, command: Sequence[str]) -> list[str]:
        """The command in the place, as a user without any right but to read."""
        project = shlex.quote(str(PROJECT_DIR))
        mounts = [
            "set -e; mount --make-rprivate /; mount -t tmpfs tmpfs /mnt",
            # What lies under /tmp is held before /tmp is covered.
            *(f"mkdir /mnt/{at}; mount --bind {shlex.quote(str(path))} /mnt/{at}" for at, path in self._folders()),
            "mount -t tmpfs tmpfs /opt; mount -t tmpfs tmpfs /var/lib",
            *(f"mkdir -p {target}; mount --move /mnt/{at} {target}" for at, target in enumerate(self._targets())),
            *(f"mount -o remount,ro,bind {target}" for target in self.read_only),
            "mount -t tmpfs tmpfs /tmp; cd /opt/policyqa",
            # The scripts in .venv name their interpreter by where the project really lies, which may be covered now.
            f"[ -e {project} ] || {{ mkdir -p {project}; mount --bind /opt/policyqa {project}; }}",
            "mount -o remount,ro /opt; mount -o remount,ro /var/lib; mount -o remount,ro,bind /",
            'exec "$@"',
        ]
        rights = ["--clear-groups", f"--inh-caps={_READ_ANYTHING}", f"--ambient-caps={_READ_ANYTHING}"]
        rights += [f"--bounding-set=-all,{_READ_ANYTHING}", "--no-new-privs"]
        drop = [tool("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", *rights]
        return [tool("unshare"), "--mount", "sh", "-c", "\n".join(mounts), "sh", *drop, *command]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        return subprocess.run(self.command(command), env=self._variables(), capture_output=True, text=True)

    @contextmanager
    def running(self, command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Run until the block is left."""
        with log.open("wb") as file:
            process = subprocess.Popen(
                self.command(command), env=self._variables(), stdout=file, stderr=subprocess.STDOUT
            )
            try:
                yield process
            finally:
                process.terminate()
                process.wait()

    def _targets(self) -> list[str]:
        return [*self.read_only, *self.writable]

    def _folders(self) -> list[tuple[int, Path]]:
        return list(enumerate([*self.read_only.values(), *self.writable.values()]))

    def _variables(self) -> dict[str, str]:
        return {"PATH": f"/opt/policyqa/.venv/bin:{os.environ['PATH']}", "LANG": "C.UTF-8", **self.environment}
