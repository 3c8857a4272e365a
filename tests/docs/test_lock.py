"""constraints-hashes.txt: what is pinned there is what is wanted, what is installed, and nothing without a hash."""

import re
import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.licences import LOCK
from ingest.settings import PROJECT_DIR

REMEDY = "run `make lock`, then `make setup`"
_ENTRY = re.compile(r"^([a-z0-9._-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE)


def text() -> str:
    return LOCK.read_text(encoding="utf-8")


def locked() -> dict[str, str]:
    """Versions by name; the build that the CPU wheel of torch carries after a plus sign is left out."""
    return {canonicalize_name(name): stated.partition("+")[0] for name, stated, _ in _ENTRY.findall(text())}


def pins() -> dict[str, str]:
    lines = (PROJECT_DIR / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}


def direct() -> set[str]:
    project = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}


def test_every_package_has_a_version_and_a_hash() -> None:
    entries = _ENTRY.findall(text())
    assert all(hashes for _, _, hashes in entries)
    rest = [line for line in _ENTRY.sub("", text()).splitlines() if line and not line.startswith("#")]
    assert rest == []


def test_every_direct_dependency_is_locked_at_its_pin() -> None:
    assert {name: locked().get(name) for name in direct()} == {name: pins().get(name) for name in direct()}, REMEDY


def test_no_pin_says_otherwise_than_the_lock() -> None:
    both = locked().keys() & pins().keys()
    assert {name: locked()[name] for name in both} == {name: pins()[name] for name in both}, REMEDY


def test_what_is_installed_is_what_is_locked() -> None:
    assert {name: version(name).partition("+")[0] for name in locked()} == locked(), REMEDY


def test_torch_is_the_wheel_for_the_cpu_and_brings_nothing_for_others() -> None:
    assert re.search(r"^torch==[\d.]+\+cpu ", text(), re.MULTILINE)
    assert not [name for name in locked() if name.startswith(("nvidia", "cuda", "triton"))]


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert not re.search(r"^\s*--(?!hash=)|https?://|file://", text(), re.MULTILINE)
