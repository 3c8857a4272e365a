import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from ingest.settings import PROJECT_DIR, Settings
from tests.conftest import copy_project
from tests.docs.layout import DEPLOY, NOBODY, Place, image_environment, last_stage, tool, unit, unit_environment
from tests.model_server import ScriptedModel, scripted_model
from tests.ui.web.conftest import free_port

START_LIMIT_S = 120
NGINX = DEPLOY / "nginx"


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: its address, and what it logged of requests."""

    url: str
    access_log: Path


StartNginx = Callable[[list[int]], Nginx]
"""Starts nginx in front of these two ports."""


@dataclass(frozen=True, slots=True)
class Site:
    """Two replicas behind nginx: one started as the systemd unit says, one as the image does."""

    nginx: Nginx
    unit: Place
    unit_port: int
    image: Place
    image_port: int
    model: ScriptedModel


def _may_mount() -> bool:
    return subprocess.run([tool("unshare"), "--mount", "true"], capture_output=True).returncode == 0


@pytest.fixture(scope="session")
def start_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartNginx]:
    with ExitStack() as stack:

        def start(ports: list[int]) -> Nginx:
            return stack.enter_context(_nginx(tmp_path_factory.mktemp("nginx"), ports))

        yield start


@contextmanager
def _nginx(folder: Path, ports: list[int]) -> Iterator[Nginx]:
    port = free_port()
    config = nginx_config(folder, port, ports)
    log = folder / "error.log"
    process = subprocess.Popen(
        [tool("nginx"), "-p", str(folder), "-c", str(config), "-e", str(log), "-g", "daemon off;"]
    )
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/metrics", log)
        yield Nginx(f"http://127.0.0.1:{port}", folder / "access.log")
    finally:
        process.terminate()
        process.wait()


def nginx_config(folder: Path, port: int, ports: list[int], name: str = "upstream-systemd.conf") -> Path:
    """The real configuration with the test's own folders and ports."""
    site = (NGINX / "site.conf").read_text(encoding="utf-8").replace("listen 8080;", f"listen 127.0.0.1:{port};")
    upstream = (NGINX / name).read_text(encoding="utf-8")
    upstream = upstream.replace("app:8000", f"127.0.0.1:{ports[0]}")
    for stated, used in zip((8001, 8002), ports, strict=True):
        upstream = upstream.replace(f"127.0.0.1:{stated}", f"127.0.0.1:{used}")
    main = (NGINX / "nginx.conf").read_text(encoding="utf-8")
    main = main.replace("/etc/nginx/policyqa/", f"{folder}/").replace("/tmp/nginx", f"{folder}/nginx")  # noqa: S108 - the path in nginx.conf
    main = main.replace("/dev/stdout", f"{folder}/access.log").replace("/dev/stderr", f"{folder}/error.log")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "upstream.conf").write_text(upstream, encoding="utf-8")
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    return folder / "nginx.conf"


@pytest.fixture(scope="session")
def site(settings: Settings, tmp_path_factory: pytest.TempPathFactory, start_nginx: StartNginx) -> Iterator[Site]:
    """The deployment as docs/deploy.md describes it, without a container and without systemd."""
    if not _may_mount():
        pytest.skip("mount namespaces need root")
    folder = tmp_path_factory.mktemp("site")
    project = copy_project(settings, folder / "project")
    store = folder / "store"
    store.mkdir()
    _give_away(folder / "project")
    _give_away(store)
    with scripted_model() as model, ExitStack() as stack:
        of_model = {"POLICYQA_LLM_BASE_URL": f"{model.url}/v1", "POLICYQA_LLM_MODEL": "scripted"}
        at_unit = Place(
            {"/opt/policyqa": PROJECT_DIR},
            {"/var/lib/policyqa": project.data_dir.parent},
            {**unit_environment("policyqa@.service"), **of_model},
        )
        # The corpus and the index of a replica are read-only; tickets go to a database elsewhere.
        at_image = Place(
            {"/opt/policyqa": PROJECT_DIR, "/var/lib/policyqa": project.data_dir.parent},
            {"/var/lib/elsewhere": store},
            {**image_environment(), **of_model, "POLICYQA_STORE_URL": "sqlite:////var/lib/elsewhere/store.db"},
        )
        made = at_image.run("policyqa", "keys", "add", "管理员", "--role", "operator")
        assert made.returncode == 0, made.stderr
        ports = [free_port(), free_port()]
        logs = [folder / "unit.log", folder / "image.log"]
        started = [
            stack.enter_context(place.running(command, log))
            for place, command, log in zip(
                (at_unit, at_image), (unit_command(ports[0]), image_command(ports[1])), logs, strict=True
            )
        ]
        for process, port, log in zip(started, ports, logs, strict=True):
            _wait_for(process, f"http://127.0.0.1:{port}/readyz", log)
        yield Site(start_nginx(ports), at_unit, ports[0], at_image, ports[1], model)


def unit_command(port: int) -> list[str]:
    """What systemd would start for this instance."""
    (stated,) = (value for key, value in unit("policyqa@.service") if key == "ExecStart")
    return shlex.split(stated.replace("%i", str(port)))


def image_command(port: int) -> list[str]:
    """What Docker would start, on another port."""
    words = {each.name: each.words() for each in last_stage() if each.name in ("ENTRYPOINT", "CMD")}
    return [*words["ENTRYPOINT"], *(str(port) if re.fullmatch(r"\d+", word) else word for word in words["CMD"])]


def _give_away(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            shutil.chown(path, NOBODY, NOBODY)


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Until something answers that is not a failure of the server."""
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        try:
            if httpx.get(url, timeout=START_LIMIT_S).status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                return
        except httpx.TransportError:
            pass
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, f"{os.fspath(log)}: not started in time"
        time.sleep(0.1)
