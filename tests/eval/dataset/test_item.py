import json
import re
from pathlib import Path

import pytest

from eval.dataset import load_items, load_set
from ingest.errors import CorpusError
from rag.dialogue import Message

LINE = {
    "id": "X1",
    "type": "fact",
    "lang": "zh",
    "question": " 几点开门? ",
    "answerable": False,
    "gold": [],
    "also_ok": ["M1"],
    "lead": [],
}


def written(folder: Path, **more: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text(json.dumps({**LINE, **more}), encoding="utf-8")
    return path


def test_a_line_without_status_or_kind_means_what_its_sources_say(tmp_path: Path) -> None:
    (partial,) = load_set(written(tmp_path))
    assert (partial.set, partial.kind, partial.question) == ("set", "fact", "几点开门?")
    assert partial.statuses == {"partial"}
    (answered,) = load_set(written(tmp_path, answerable=True, gold=["M1"], also_ok=[]))
    assert (answered.expected, answered.is_right("answered"), answered.is_right("partial")) == ("answered", True, False)
    (outside,) = load_set(written(tmp_path, also_ok=[]))
    assert outside.expected == "refused"
    assert outside.is_right("no_evidence")
    assert not outside.is_right("chitchat")


def test_several_treatments_may_be_right(tmp_path: Path) -> None:
    (item,) = load_set(written(tmp_path, status="answered|blocked", answerable=True, gold=["M1"], also_ok=[]))
    assert item.is_right("blocked")
    assert item.answerable


def test_facts_history_and_annotations_are_read(tmp_path: Path) -> None:
    (item,) = load_set(
        written(
            tmp_path,
            history=[{"role": "user", "content": "你好"}],
            must_say=["50%", ["三天", "3天"]],
            annotations=[{"verdict": "partial", "sources": ["M1", "M2"]}],
        )
    )
    assert item.history == (Message("user", "你好"),)
    assert item.said == "你好 几点开门?"
    assert item.must_say == (("50%",), ("三天", "3天"))
    assert item.also_ok == {"M1", "M2"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是一个 JSON 对象"),
        ("[]", "应是一个 JSON 对象"),
        ("{}", "id 缺少"),
        ('{"id": "X1", "type": "fact"}', "question 缺少"),
        (json.dumps({**LINE, "gold": "M1"}), r'gold 应是列表,如 \["M12"\]'),
        (json.dumps({**LINE, "question": " "}), "question 不能是空的"),
        (json.dumps({**LINE, "status": "perhaps"}), "perhaps 不是一种处理"),
        (json.dumps({**LINE, "status": "answered"}), "answerable 与 status 对不上"),
        (json.dumps({**LINE, "gold": ["M1"]}), "没有 gold"),
        (json.dumps({**LINE, "goldd": ["M1"]}), "goldd 没有这个字段"),
        (json.dumps({**LINE, "lang": "chinese"}), "lang 只能是 'zh'"),
    ],
)
def test_an_item_that_cannot_be_read_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(LINE)}\n{line}", encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"set\.jsonl 第2行.*{said}"):
        list(load_set(path))


def test_what_editors_leave_behind_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"\ufeff{json.dumps(LINE)}\n\n", encoding="utf-8")
    assert len(list(load_set(path))) == 1


def test_an_id_that_was_used_in_another_set_is_named(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "other.jsonl").write_text(json.dumps(LINE), encoding="utf-8")
    with pytest.raises(CorpusError, match="X1 用过了"):
        load_items(tmp_path)


def test_a_folder_without_a_question_is_named_and_one_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(CorpusError, match=re.escape(f"{tmp_path} 里没有题目")):
        load_items(tmp_path)
    with pytest.raises(CorpusError, match="不是文件夹"):
        load_items(tmp_path / "empty.jsonl")
