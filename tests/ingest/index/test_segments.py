"""An index of several notices: what is added, changed or removed touches its own segment and leaves nothing stale."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

import pytest

from ingest.encoder import OnnxEncoder, Vectors
from ingest.index import Index, open_index, open_version
from ingest.index.indexing import ingest
from ingest.index.layout import CHROMA, PASSAGES, current_version, segment_dir
from ingest.index.merging import HANDFUL
from ingest.index.passages import notice_of
from ingest.settings import Settings
from rag.retriever import HybridRetriever
from tests.ingest.notices import one_measure, write_project_notice
from tests.progress import silent

TOPICS = {
    "first": ("停车管理", "增设路边停车泊位。"),
    "second": ("法律服务", "设立仲裁服务中心。"),
    "third": ("外贸服务", "帮助企业拓展海外市场。"),
}


def put(settings: Settings, notice_id: str, title: str, text: str, questions: tuple[str, ...] = ()) -> None:
    banked = [f'{{"source":"M1","question":"{each}","origin":"test"}}' for each in questions]
    write_project_notice(settings.corpus_dir, one_measure(title, text), banked, notice_id)


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    """Three small notices: two came together, the third later."""
    settings = empty_project()
    for notice_id in ("first", "second"):
        put(settings, notice_id, *TOPICS[notice_id], questions=(f"{TOPICS[notice_id][0]}找谁?",))
    ingest(settings, silent)
    put(settings, "third", *TOPICS["third"])
    ingest(settings, silent)
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Index]:
    with closing(open_index(settings)) as index:
        yield index


def places(settings: Settings) -> dict[str, str]:
    """The segment that each notice lies in."""
    with opened(settings) as index:
        return {entry.id: segment.manifest.name for segment in index.segments for entry in segment.notices}


def passages(settings: Settings, notice_id: str = "") -> int:
    """How many passages and banked questions there are, of one notice or of all."""
    with opened(settings) as index:
        collections = [each for segment in index.segments for each in (segment.passages, segment.questions)]
        names = [name for each in collections for name in each.get(include=[])["ids"]]
        return sum(notice_id in ("", notice_of(name)) for name in names)


def traces(settings: Settings, notice_id: str) -> list[str]:
    """Everything of a notice that is left anywhere in the index."""
    with opened(settings) as index:
        collections = [each for segment in index.segments for each in (segment.passages, segment.questions)]
        ids = [name for each in collections for name in each.get(include=[])["ids"]]
        lexicons = [
            lexicon
            for segment in index.segments
            for lexicon in (segment.lexicon, segment.bank, segment.sound, segment.bank_sound)
        ]
        rows = [source_id for lexicon in lexicons for source_id in lexicon.source_ids]
        catalogue = [f"{entry.id}/" for entry in index.corpus.notices]
        return [each for each in (*ids, *rows, *catalogue) if each.startswith(f"{notice_id}/")]


def passage_ids(index: Index, notice_id: str) -> list[str]:
    names = [name for segment in index.segments for name in segment.passages.get(include=[])["ids"]]
    return [name for name in names if notice_of(name) == notice_id]


def first_found(settings: Settings, question: str, scope: tuple[str, ...] | None = None) -> str:
    with opened(settings) as index:
        return HybridRetriever(index=index).candidates(question, scope)[0].source_id


def test_a_new_notice_goes_into_a_segment_of_its_own_and_the_others_are_left_alone(project: Settings) -> None:
    before, total = places(project), passages(project)
    assert before["first"] == before["second"] != before["third"]
    put(project, "fourth", "人才服务", "引进海外人才。")
    report = ingest(project, silent)
    after = places(project)
    assert {name: after[name] for name in before} == before
    assert after["fourth"] not in before.values()
    assert (report.updated, report.deleted, report.unchanged) == (0, 0, total)
    assert report.created == passages(project, "fourth") > 0


def test_every_notice_is_found_whatever_segment_it_lies_in(project: Settings) -> None:
    for notice_id, (title, text) in TOPICS.items():
        assert first_found(project, f"{title}:{text}") == f"{notice_id}/M1"


def test_only_the_wanted_notices_are_searched(project: Settings) -> None:
    question = "".join(TOPICS["second"])
    assert first_found(project, question, ("first", "third")) != "second/M1"
    assert first_found(project, question, ("second", "third")) == "second/M1"
    with opened(project) as index:
        vector = index.encoder.encode_queries([question])
        for count in (3, 100):
            found = index.nearest(PASSAGES, vector, count, ("second",))
            assert {notice_of(name) for name, _ in found} == {"second"}
            assert len(found) == min(count, len(passage_ids(index, "second")))


def test_a_changed_notice_leaves_nothing_of_what_it_was(project: Settings) -> None:
    before = places(project)
    put(project, "second", "法律服务", "开展商事调解。", questions=("调解找谁?",))
    report = ingest(project, silent)
    # Its text, its sentence; one banked question for another.
    assert (report.created, report.updated, report.deleted) == (1, 2, 1)
    after = places(project)
    assert after["third"] == before["third"]
    assert after["first"] == after["second"] != before["first"]
    with opened(project) as index:
        kept = [text for each in index.segments for text in each.passages.get()["documents"] or []]
        assert not [text for text in kept if "仲裁" in text]
        assert not any(each.lexicon.scores(["仲裁"]).any() for each in index.segments)
        assert index.corpus.source("second/M1").text == "开展商事调解。"


def test_a_removed_notice_is_gone_everywhere(project: Settings) -> None:
    assert traces(project, "second")
    lost = passages(project, "second")
    shutil.rmtree(project.corpus_dir / "second")
    assert ingest(project, silent).deleted == lost
    assert traces(project, "second") == []
    with opened(project) as index:
        found = HybridRetriever(index=index).candidates("".join(TOPICS["second"]), k=100)
        assert {each.notice_id for each in found} == {"first", "third"}


def test_a_segment_without_notices_vanishes(project: Settings) -> None:
    shutil.rmtree(project.corpus_dir / "third")
    ingest(project, silent)
    with opened(project) as index:
        assert [segment.notice_ids for segment in index.segments] == [{"first", "second"}]


def test_a_file_that_changes_nothing_that_was_read_makes_no_new_segment(project: Settings) -> None:
    before = places(project)
    path = project.corpus_dir / "second" / "notice.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    report = ingest(project, silent)
    assert (report.created, report.updated, report.deleted) == (0, 0, 0)
    assert places(project) == before


def test_a_damaged_segment_is_built_again_and_the_whole_ones_stay(project: Settings) -> None:
    before, lost = places(project), passages(project, "third")
    shutil.rmtree(segment_dir(project, before["third"]) / CHROMA)
    assert ingest(project, silent).created == lost
    assert places(project)["first"] == before["first"]
    assert first_found(project, "".join(TOPICS["third"])) == "third/M1"


def test_many_segments_are_merged_without_encoding_anything_again(
    project: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(HANDFUL - 2):
        put(project, f"more-{number}", "园区服务", f"建设第{number}号园区。")
        ingest(project, silent)
    assert len(set(places(project).values())) == HANDFUL
    put(project, "last", "人才服务", "引进海外人才。")
    encoded: list[str] = []
    encode = OnnxEncoder.encode_passages

    def counted(self: OnnxEncoder, texts: Sequence[str]) -> Vectors:
        encoded.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", counted)
    report = ingest(project, silent)
    assert len(set(places(project).values())) < HANDFUL
    assert len(encoded) == report.created == passages(project, "last")
    assert (report.updated, report.deleted) == (0, 0)
    for notice_id, topic in TOPICS.items():
        assert first_found(project, "".join(topic)) == f"{notice_id}/M1"


def test_a_new_version_shares_the_segments_that_are_open(project: Settings) -> None:
    with opened(project) as old:
        put(project, "fourth", "人才服务", "引进海外人才。")
        ingest(project, silent)
        with closing(open_version(project, current_version(project), old.segments)) as new:
            assert set(old.segments) < set(new.segments)


def test_who_reads_meanwhile_sees_the_old_or_the_new_and_never_an_error(project: Settings) -> None:
    seen: set[tuple[str, ...]] = set()
    problems: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                with opened(project) as index:
                    found = HybridRetriever(index=index).candidates("".join(TOPICS["third"]))
                    assert index.corpus.notice(found[0].notice_id)
                    seen.add(tuple(entry.id for entry in index.corpus.notices))
            except Exception as error:
                problems.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    put(project, "fourth", "人才服务", "引进海外人才。")
    ingest(project, silent)
    shutil.rmtree(project.corpus_dir / "third")
    ingest(project, silent)
    done.set()
    reader.join()
    assert problems == []
    assert seen <= {("first", "second", "third"), ("first", "fourth", "second", "third"), ("first", "fourth", "second")}
