"""Vectors on a real Chroma server: the same results as from the data folder, and nothing of anybody else's touched."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chromadb import HttpClient
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings

from eval.dataset import load_standalone
from ingest.encoder import OnnxEncoder, Vectors
from ingest.errors import IndexCorrupt, SettingsError, VectorsUnavailable
from ingest.index import Index, open_index
from ingest.index.folder_host import open_chroma
from ingest.index.indexing import ingest
from ingest.index.layout import CHROMA, PASSAGES, QUESTIONS, current_version, database_file, segment_dir
from ingest.index.merging import HANDFUL
from ingest.index.vectors import GRAPH
from ingest.settings import Settings, load_settings
from rag.features import NEAREST
from rag.retriever import HybridRetriever
from tests.chroma_server import ChromaServer, chroma_server
from tests.conftest import copy_project
from tests.ingest.notices import one_measure, write_project_notice
from tests.progress import silent

QUESTIONS_ASKED = [item.question for item in load_standalone()][::12]

PATIENCE_S = 8.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path_factory.mktemp("chroma") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def moved(settings: Settings, server: ChromaServer, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project's own index, taken from its data folder to the server."""
    moved = on(server, copy_project(settings, tmp_path_factory.mktemp("moved")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OnnxEncoder, "encode_passages", None)
        patch.setattr(OnnxEncoder, "encode_queries", None)
        report = ingest(moved, silent)
    assert (report.created, report.updated, report.deleted) == (0, 0, 0)
    return moved


@pytest.fixture
def project(empty_project: Callable[[], Settings], server: ChromaServer) -> Settings:
    """Two small notices on the server."""
    server.start()
    settings = on(server, empty_project())
    put(settings, "first", "推广数字化电子发票。")
    put(settings, "second", "设立仲裁服务中心。")
    ingest(settings, silent)
    return settings


def on(server: ChromaServer, settings: Settings) -> Settings:
    return settings.model_copy(update={"chroma_url": server.url})


def put(settings: Settings, notice_id: str, text: str) -> None:
    question = '{"source":"M1","question":"找谁?","origin":"test"}'
    write_project_notice(settings.corpus_dir, one_measure("企业服务", text), [question], notice_id)


@contextmanager
def opened(settings: Settings) -> Iterator[Index]:
    with closing(open_index(settings)) as index:
        yield index


def database(settings: Settings) -> str:
    return database_file(settings).read_text(encoding="utf-8")


def segments(settings: Settings) -> list[str]:
    with opened(settings) as index:
        return [segment.manifest.name for segment in index.segments]


def collections_of(names: Sequence[str]) -> set[str]:
    return {f"{name}-{each}" for name in names for each in ("passages", "questions")}


def found(settings: Settings, question: str) -> str:
    with opened(settings) as index:
        return HybridRetriever(index=index).candidates(question)[0].source_id


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passages that were encoded since."""
    texts: list[str] = []
    encode = OnnxEncoder.encode_passages

    def counted(self: OnnxEncoder, given: Sequence[str]) -> Vectors:
        texts.extend(given)
        return encode(self, given)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", counted)
    return texts


def test_moving_to_the_server_encodes_nothing_and_what_is_found_there_is_the_nearest_there_is(
    moved: Settings, index: Index
) -> None:
    with opened(moved) as there:
        for collected in (PASSAGES, QUESTIONS):
            (stored,) = [getattr(segment, collected).get(include=["embeddings"]) for segment in index.segments]
            names, vectors = np.array(stored["ids"]), np.array(stored["embeddings"])
            for question in QUESTIONS_ASKED:
                vector = index.encoder.encode_queries([question])
                cosines = vectors @ vector[0]
                nearest = np.argsort(-cosines)[:NEAREST]
                hits = there.nearest(collected, vector, NEAREST)
                assert {name for name, _ in hits} == set(names[nearest]), question
                assert [cosine for _, cosine in hits] == pytest.approx(cosines[nearest].tolist(), abs=1e-5)


def test_results_are_those_of_a_data_folder_with_as_dense_a_graph(
    moved: Settings, index: Index, tmp_path: Path
) -> None:
    """Chroma's own graph leaves some of the nearest out, others in every build: not even two folders agree then."""
    (segment,) = index.segments
    client = open_chroma(tmp_path)
    deep = replace(segment, passages=deepened(client, segment.passages), questions=deepened(client, segment.questions))
    local = HybridRetriever(index=replace(index, segments=(deep,)), k=10)
    with opened(moved) as there:
        remote = HybridRetriever(index=there, k=10)
        for question in QUESTIONS_ASKED:
            expected, got = local.candidates(question), remote.candidates(question)
            assert [each.source_id for each in got] == [each.source_id for each in expected], question
            assert [each.fused for each in got] == pytest.approx([each.fused for each in expected], abs=1e-5)
    client.close()


def deepened(client: Client, collection: Collection) -> Collection:
    """The same vectors, in a folder, linked and searched as on the server."""
    stored = collection.get(include=["embeddings", "metadatas"])
    deep = client.create_collection(collection.name, embedding_function=None, configuration={"hnsw": GRAPH})
    ids, vectors, kinds = stored["ids"], stored["embeddings"], stored["metadatas"]
    assert vectors is not None
    assert kinds is not None
    for batch in (slice(at, at + 1000) for at in range(0, len(ids), 1000)):
        deep.add(ids[batch], vectors[batch], kinds[batch])
    return deep


def test_every_notice_has_its_own_collections_on_the_server_that_show_its_name(
    project: Settings, server: ChromaServer
) -> None:
    names = segments(project)
    assert sorted(name.rpartition("-")[0] for name in names) == ["first", "second"]
    assert server.collections(database(project)) == collections_of(names)
    assert not [name for name in names if (segment_dir(project, name) / CHROMA).exists()]
    assert found(project, "设立仲裁服务中心") == "second/M1"


def test_notices_stay_apart_however_many_there_are_and_whatever_they_are_called(project: Settings) -> None:
    put(project, "通知_三", "引进海外人才。")
    for number in range(HANDFUL - 2):
        put(project, f"more-{number}", f"建设第{number}号园区。")
    ingest(project, silent)
    assert len(segments(project)) == HANDFUL + 1
    assert found(project, "引进海外人才") == "通知_三/M1"


def test_back_in_the_data_folder_the_index_is_built_there(project: Settings) -> None:
    back = project.model_copy(update={"chroma_url": ""})
    with pytest.raises(IndexCorrupt, match="chroma_url"):
        open_index(back)
    ingest(back, silent)
    assert found(back, "设立仲裁服务中心") == "second/M1"


def test_a_changed_notice_changes_only_its_own_collections_and_the_previous_ones_stay(
    project: Settings, server: ChromaServer, encoded: list[str]
) -> None:
    before = segments(project)
    put(project, "second", "开展商事调解。")
    report = ingest(project, silent)
    assert (report.created, report.updated, report.deleted) == (0, 2, 0)
    assert len(encoded) == 2
    after = segments(project)
    assert len(set(before) & set(after)) == 1
    # Replicas may still be on the previous version.
    assert server.collections(database(project)) == collections_of([*before, *after])
    put(project, "second", "开展国际商事调解。")
    ingest(project, silent)
    assert server.collections(database(project)) == collections_of([*after, *segments(project)])


def test_what_others_keep_on_the_server_is_left_alone(
    project: Settings, server: ChromaServer, tmp_path: Path, settings: Settings
) -> None:
    stranger = HttpClient(server.url, settings=ChromaSettings(anonymized_telemetry=False))
    stranger.get_or_create_collection("second-theirs", embedding_function=None)
    elsewhere = on(server, Settings(corpus_dir=project.corpus_dir, data_dir=tmp_path / "elsewhere"))
    elsewhere.data_dir.mkdir()
    (elsewhere.data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
    ingest(elsewhere, silent)
    kept = server.collections(database(elsewhere))
    for text in ("甲。", "乙。", "丙。"):
        put(project, "second", text)
        ingest(project, silent)
    assert server.collections(database(elsewhere)) == kept
    assert "second-theirs" in server.collections("default_database")


def test_what_a_killed_run_left_on_the_server_is_used(
    project: Settings, server: ChromaServer, encoded: list[str]
) -> None:
    for name in segments(project):
        shutil.rmtree(segment_dir(project, name))
    assert ingest(project, silent).created > 0
    assert encoded == []
    assert found(project, "设立仲裁服务中心") == "second/M1"


def test_an_emptied_server_is_recognised_and_the_next_run_repairs_it(project: Settings, server: ChromaServer) -> None:
    version = current_version(project)
    server.empty()
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        open_index(project)
    assert ingest(project, silent).version == version
    assert found(project, "设立仲裁服务中心") == "second/M1"


def test_vectors_that_are_missing_are_recognised_and_the_next_run_repairs_them(
    project: Settings, server: ChromaServer
) -> None:
    client = HttpClient(server.url, settings=ChromaSettings(anonymized_telemetry=False), database=database(project))
    (name,) = [each for each in collections_of(segments(project)) if each.startswith("second") and "passages" in each]
    client.get_collection(name, embedding_function=None).delete(["second/M1#text"])
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        open_index(project)
    ingest(project, silent)
    assert found(project, "设立仲裁服务中心") == "second/M1"


def test_with_the_server_down_ingest_changes_nothing_and_the_command_ends_with_two(
    project: Settings, server: ChromaServer
) -> None:
    version, before = current_version(project), sorted(project.data_dir.rglob("*"))
    put(project, "second", "开展商事调解。")
    server.kill()
    run = subprocess.run(
        [str(Path(sys.executable).with_name("policyqa")), "ingest"],
        env={
            **os.environ,
            "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
            "POLICYQA_DATA_DIR": str(project.data_dir),
            "POLICYQA_CHROMA_URL": server.url,
        },
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "POLICYQA_CHROMA_URL" in run.stderr.strip().splitlines()[-1]
    assert "Traceback" not in run.stderr
    assert current_version(project) == version
    assert sorted(project.data_dir.rglob("*")) == before
    server.start()
    assert found(project, "设立仲裁服务中心") == "second/M1"
    assert ingest(project, silent).updated == 2


def test_a_server_that_accepts_and_never_answers_is_given_up_soon(project: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent_server:
        url = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(VectorsUnavailable, match="POLICYQA_CHROMA_URL"):
            open_index(project.model_copy(update={"chroma_url": url}))
        assert time.monotonic() - started < PATIENCE_S


def test_an_index_that_was_never_put_on_a_server_names_the_remedy(settings: Settings, server: ChromaServer) -> None:
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        open_index(on(server, settings))


def test_an_address_with_a_password_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CHROMA_URL", "http://user:hunter2@chroma:8000")
    with pytest.raises(SettingsError) as refusal:
        load_settings()
    assert "chroma_url" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)
