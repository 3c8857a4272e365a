"""Writes constraints-hashes.txt: every package that the product runs with, its version and the hashes of its files.

Started by ``make lock`` in an environment of its own that holds pip-tools. Versions that the lock has are kept as long
as pyproject.toml and constraints.txt allow; the extras take part, so that all fit one environment.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT_DIR = Path(__file__).resolve().parent.parent
LOCK = PROJECT_DIR / "constraints-hashes.txt"
_HEADER = """\
# Written by `make lock` from pyproject.toml and constraints.txt, for CPython 3.11 on Linux x86-64:
#   pip install --require-hashes -r constraints-hashes.txt
# torch is the CPU wheel, from --find-links or --extra-index-url (docs/deploy.md): PyPI's asks for CUDA's packages.
"""
_COMPILE = (
    *("--quiet", "--strip-extras", "--no-annotate", "--no-header", "--no-emit-options", "--no-config"),
    *("--allow-unsafe", "--constraint", "constraints.txt", "pyproject.toml"),
)
_CPU_TORCH = re.compile(r"^torch==\S+\+cpu ", re.MULTILINE)


def main() -> None:
    """Resolve, collect the hashes, and replace the lock."""
    with TemporaryDirectory() as folder:
        everything, runtime = Path(folder, "everything.txt"), Path(folder, "runtime.txt")
        before = LOCK.read_text(encoding="utf-8") if LOCK.exists() else ""
        # pip-compile keeps what it finds in the file that it is to write.
        everything.write_text(before, encoding="utf-8")
        _compile("--all-extras", "--output-file", str(everything))
        _compile("--generate-hashes", "--constraint", str(everything), "--output-file", str(runtime))
        resolved = runtime.read_text(encoding="utf-8")
    if not _CPU_TORCH.search(resolved):
        raise SystemExit("bench.lock: no CPU wheel of torch was found; say where it is with PIP_EXTRA_INDEX_URL")
    LOCK.write_text(_HEADER + resolved, encoding="utf-8")


def _compile(*arguments: str) -> None:
    command = [sys.executable, "-m", "piptools", "compile", *arguments, *_COMPILE]
    subprocess.run(command, cwd=PROJECT_DIR, check=True)


if __name__ == "__main__":
    main()
