"""An index that is damaged, or of a newer program, at the start and while it is being served."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import serving
from api.app import create_app
from ingest.errors import IndexCorrupt
from ingest.index.indexing import ingest
from ingest.index.layout import CHROMA, CURRENT, VERSIONS, current_version, index_dir, segment_dir, version_dir
from ingest.index.manifest import FORMAT, load_manifest, load_segment_manifest, seal, sealed_files
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent

QUESTION = {"question": "第2条由谁牵头?"}
SEARCHED = {"question": "有没有商事仲裁方面的服务?"}


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    project = empty_project()
    write_project_notice(project.corpus_dir, three_measures())
    ingest(project, silent)
    return project


@pytest.fixture(autouse=True)
def _tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "RETRY_S", 0.0)


def the_segment(project: Settings) -> Path:
    (name,) = load_manifest(version_dir(project, current_version(project))).segments
    return segment_dir(project, name)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def publish_of_newer_program(project: Settings) -> None:
    """As a program would that writes the next format."""
    before = version_dir(project, current_version(project))
    newer = index_dir(project) / VERSIONS / "vnewer"
    shutil.copytree(before, newer)
    stated = asdict(load_manifest(before)) | {"format": FORMAT + 1, "version": "vnewer", "unheard_of": []}
    (newer / "manifest.json").write_text(json.dumps(stated), encoding="utf-8")
    (index_dir(project) / CURRENT).write_text("vnewer", encoding="utf-8")


@pytest.mark.parametrize("file", ["chroma/chroma.sqlite3", "lexicon/data.csc.index.npy", "manifest.json"])
def test_a_damaged_index_is_not_served_and_ingest_heals_it_without_a_restart(file: str, project: Settings) -> None:
    cut(the_segment(project) / file)
    with TestClient(create_app(project)) as client:
        for response in (client.get("/readyz"), client.post("/v1/ask", json=QUESTION)):
            assert (response.status_code, response.json()["error"]["code"]) == (503, "index_unavailable")
            assert "policyqa ingest" in response.json()["error"]["message"]
        ingest(project, silent)
        assert client.get("/readyz").status_code == 200
        assert client.post("/v1/ask", json=QUESTION).json()["status"] == "answered"


def test_vectors_that_are_damaged_while_being_served_are_said_to_be_so(project: Settings) -> None:
    with TestClient(create_app(project)) as client:
        os.truncate(the_segment(project) / CHROMA / "chroma.sqlite3", 4096)
        response = client.post("/v1/ask", json=SEARCHED)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "index_unavailable")
        assert "policyqa ingest 重建,再重启服务" in response.json()["error"]["message"]
    ingest(project, silent)
    with TestClient(create_app(project)) as client:
        assert client.post("/v1/ask", json=SEARCHED).status_code == 200


@pytest.mark.parametrize("file", ["lexicon/data.csc.index.npy", "manifest.json"])
def test_what_is_damaged_after_it_was_opened_is_still_served(file: str, project: Settings) -> None:
    with TestClient(create_app(project)) as client:
        cut(the_segment(project) / file)
        assert client.post("/v1/ask", json=SEARCHED).status_code == 200


@pytest.mark.parametrize("file", ["header.bin", "data_level0.bin", "link_lists.bin", "index_metadata.pickle"])
def test_a_damaged_graph_is_found_out_before_it_can_end_the_process(
    file: str, own_project: Settings, tmp_path: Path
) -> None:
    segment = the_segment(own_project)
    seal(segment, replace(load_segment_manifest(segment), files=sealed_files(segment)))
    graphs = {path.parent for path in (segment / CHROMA).rglob("index_metadata.pickle")}
    assert graphs, "the project's own index is large enough for Chroma to write its graph"
    with (graphs.pop() / file).open("r+b") as damaged:
        damaged.seek(50)
        damaged.write(os.urandom(50))
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        load_segment_manifest(segment)


def test_an_index_of_a_newer_program_is_not_opened_and_the_version_in_use_goes_on_being_served(
    project: Settings,
) -> None:
    with TestClient(create_app(project)) as client:
        publish_of_newer_program(project)
        assert client.post("/v1/ask", json=QUESTION).json()["status"] == "answered"
        assert client.get("/readyz").status_code == 200
    with TestClient(create_app(project)) as client:
        response = client.post("/v1/ask", json=QUESTION)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "index_unavailable")
        assert "请升级本程序" in response.json()["error"]["message"]
        ingest(project, silent)
        assert client.post("/v1/ask", json=QUESTION).json()["status"] == "answered"


@pytest.mark.parametrize("stated", [[], {"format": FORMAT}, {"format": FORMAT, "version": "v", "files": None}])
def test_a_manifest_that_is_none_is_damage_and_no_error_of_the_program(stated: object, project: Settings) -> None:
    manifest = version_dir(project, current_version(project)) / "manifest.json"
    if isinstance(stated, dict) and "files" in stated:
        stated = json.loads(manifest.read_text(encoding="utf-8")) | stated
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        load_manifest(manifest.parent)
