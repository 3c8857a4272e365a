"""Switching to a new version of the index while questions are being answered."""

import shutil
import time
from collections.abc import Callable

import pytest

from api.serving import Served, ServedIndex
from ingest.index.indexing import ingest
from ingest.index.segment import Segment
from ingest.settings import Settings
from rag.turn import AskRequest
from tests.ingest.notices import one_measure, write_project_notice
from tests.progress import silent

SWITCH_LIMIT_S = 60.0


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    settings = empty_project()
    write_project_notice(settings.corpus_dir, one_measure("纳税服务", "推广数字化电子发票。"), (), "first")
    ingest(settings, silent)
    return settings


def add(settings: Settings, notice_id: str) -> None:
    write_project_notice(settings.corpus_dir, one_measure("法律服务", f"设立{notice_id}仲裁服务中心。"), (), notice_id)
    ingest(settings, silent)


def switched(served_index: ServedIndex, before: str) -> Served:
    """The version that comes after ``before``."""
    limit = time.monotonic() + SWITCH_LIMIT_S
    while (served := served_index.get()).version == before:
        assert time.monotonic() < limit, "the new version is not served"
    return served


def is_open(segment: Segment) -> bool:
    try:
        return segment.passages.count() > 0
    except Exception:
        return False


def test_a_new_version_shares_what_has_not_changed(project: Settings) -> None:
    served_index = ServedIndex(project)
    before = served_index.get()
    add(project, "second")
    after = switched(served_index, before.version)
    assert set(before.index.segments) < set(after.index.segments)
    served_index.close()


def test_a_segment_is_closed_once_no_request_holds_a_version_with_it(project: Settings) -> None:
    served_index = ServedIndex(project)
    held = served_index.get()
    (segment,) = held.index.segments
    add(project, "second")
    shutil.rmtree(project.corpus_dir / "first")
    ingest(project, silent)
    switched(served_index, held.version)
    assert held.chain.answer(AskRequest("发票找谁?")).status
    assert is_open(segment)
    del held
    assert not is_open(segment)
    served_index.close()


def test_while_a_new_version_is_being_opened_the_old_one_answers(
    project: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    served_index = ServedIndex(project)
    before = served_index.get().version
    monkeypatch.setattr("api.serving.PATIENCE_S", 0.0)
    add(project, "second")
    assert served_index.get().version == before
    assert switched(served_index, before).corpus.notice("second")
    served_index.close()
