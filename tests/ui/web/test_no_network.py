"""Without any network but loopback everything works, and nothing is tried (bench/no_network.py)."""

import json
import shutil
import subprocess
import sys

import pytest

from bench.no_network import PAGES
from ingest.settings import PROJECT_DIR

WITHOUT_ROUTE = ("unshare", "--map-root-user", "--net")
LIMIT_S = 180.0


def test_everything_works_without_a_network_and_nothing_is_sent_elsewhere() -> None:
    if not shutil.which("unshare") or subprocess.run([*WITHOUT_ROUTE, "true"], capture_output=True).returncode:
        pytest.skip("network namespaces are not permitted here")
    done = subprocess.run(
        [*WITHOUT_ROUTE, sys.executable, "-m", "bench.no_network"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["interfaces"] == ["lo"]
    assert set(report["answered"].values()) <= {200, 202}
    assert set(report["pages"]) == {*PAGES, "question", "upload"}
    assert report["browser_elsewhere"] == []
    assert report["server_elsewhere"] == []
    assert report["kernel_counts"]
    assert report["kernel_unroutable"] == 0
