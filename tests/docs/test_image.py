"""The image and the Compose file: linted, and what they would run is run in the places that they name."""

import re
import shlex
import subprocess
from typing import Any

import httpx
import pytest

from ingest.settings import PROJECT_DIR, Settings, load_settings
from tests.docs.conftest import Site
from tests.docs.layout import DEPLOY, compose, dockerfile, image_environment, last_stage, tool

_EXACT = re.compile(r"[a-z]+:\d+\.\d+\.\d+[a-z0-9.-]*|[a-z]+:\d+\.\d+-[a-z]+")
OWN = "policyqa:0.1.0"


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def test_hadolint_finds_no_fault_in_the_dockerfile() -> None:
    linted = subprocess.run([tool("hadolint"), str(DEPLOY / "Dockerfile")], capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_base_images_are_pinned_to_an_exact_version() -> None:
    images = [each.value.split()[0] for each in dockerfile() if each.name == "FROM"]
    assert len(images) == 2
    assert all(_EXACT.fullmatch(image) for image in images)


def test_nothing_is_fetched_but_packages_with_their_hashes() -> None:
    assert not [each for each in dockerfile() if each.name == "ADD"]
    installs = [each.value for each in dockerfile() if each.name == "RUN" and "pip install" in each.value]
    assert all("--require-hashes" in each or ("--no-deps" in each and "--no-index" in each) for each in installs)


def test_everything_that_is_copied_is_in_the_project_and_is_let_in() -> None:
    let_in = {
        line.removeprefix("!")
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source.rstrip("/")
        for each in dockerfile()
        if each.name == "COPY" and "--from=build" not in each.value
        for source in [word for word in each.words() if not word.startswith("--")][:-1]
    }
    assert copied == let_in
    assert all((PROJECT_DIR / source).exists() for source in copied)


def test_the_image_runs_as_a_user_with_a_fixed_number() -> None:
    (user,) = (each.value for each in last_stage() if each.name == "USER")
    assert user == "10001:10001"


def test_the_variables_that_are_set_are_settings_that_exist(services: dict[str, dict[str, Any]]) -> None:
    stated = {name for each in services.values() for name in each.get("environment") or {}} | image_environment().keys()
    ours = {name.removeprefix("POLICYQA_").lower() for name in stated if name.startswith("POLICYQA_")}
    assert "data_dir" in ours
    assert ours <= Settings.model_fields.keys()


def test_the_variables_of_compose_are_understood(
    services: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in services["app"]["environment"].items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert [str(each) for each in settings.trusted_proxies] == ["172.30.80.0/24"]
    assert settings.chroma_url == "http://chroma:8000"


def test_the_commands_of_the_image_exist(services: dict[str, dict[str, Any]]) -> None:
    commands = [each.words() for each in last_stage() if each.name == "CMD"]
    commands += [each["command"] for each in services.values() if each["image"] == OWN and each.get("command")]
    assert {command[0] for command in commands} == {"serve", "ingest"}
    for command in commands:
        helped = subprocess.run([tool("policyqa"), command[0], "--help"], capture_output=True, text=True)
        assert helped.returncode == 0, helped.stderr
        assert all(word in helped.stdout for word in command if word.startswith("--"))
    helped = subprocess.run([tool("chroma"), "run", "--help"], capture_output=True, text=True)
    stated = [word for word in services["chroma"]["entrypoint"] if word.startswith("--")]
    assert all(word in helped.stdout for word in stated)


def test_compose_pins_every_image(services: dict[str, dict[str, Any]]) -> None:
    assert all(_EXACT.fullmatch(each["image"]) for each in services.values())


def test_every_container_is_closed_off(services: dict[str, dict[str, Any]]) -> None:
    for name, each in services.items():
        assert each["read_only"], name
        assert each["cap_drop"] == ["ALL"], name
        assert each["security_opt"] == ["no-new-privileges:true"], name
        assert each["user"].split(":")[0] not in ("0", "root"), name
        assert each["deploy"]["resources"]["limits"].keys() >= {"memory", "pids"}, name


def test_only_nginx_can_be_reached_and_reach_out(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, each in services.items() if "ports" in each] == ["nginx"]
    assert compose()["networks"]["back"]["internal"]
    assert all(each["networks"].keys() == {"back"} for name, each in services.items() if name != "nginx")


def test_secrets_come_by_file(services: dict[str, dict[str, Any]]) -> None:
    variables = {name: value for each in services.values() for name, value in (each.get("environment") or {}).items()}
    assert not [name for name in variables if "PASSWORD" in name and not name.endswith("_FILE")]
    assert "@postgres" in variables["POLICYQA_STORE_URL"]
    assert ":" not in variables["POLICYQA_STORE_URL"].partition("://")[2]


def test_replicas_may_not_write_to_the_volume_of_the_index(services: dict[str, dict[str, Any]]) -> None:
    (of_replica,) = services["app"]["volumes"]
    (of_ingest,) = services["ingest"]["volumes"]
    assert of_replica["target"] == of_ingest["target"] == "/var/lib/policyqa"
    assert of_replica["read_only"]
    assert not of_ingest.get("read_only", False)


def test_the_service_answers_from_a_read_only_corpus_and_index(site: Site) -> None:
    asked = httpx.post(f"http://127.0.0.1:{site.image_port}/v1/ask", json={"question": "第23条是什么"}, timeout=30)
    assert asked.status_code == httpx.codes.OK
    assert asked.json()["status"] == "answered"
    assert site.image.run("touch", "/var/lib/policyqa/data/written").returncode != 0


def test_the_health_check_of_the_image_tells_a_service_that_is_ready(site: Site) -> None:
    (check,) = (each.value.partition("CMD ")[2] for each in last_stage() if each.name == "HEALTHCHECK")
    words = shlex.split(check.strip("[]").replace('", "', '" "'))
    ready = [word.replace(":8000", f":{site.image_port}") for word in words]
    assert site.image.run(*ready).returncode == 0
    dead = [word.replace(":8000", ":1") for word in words]
    assert site.image.run(*dead).returncode != 0
