"""policyqa eval outside in a terminal."""

import json
from pathlib import Path

from ingest.settings import Settings
from tests.ui.cli.test_app import policyqa

PARAGRAPHS = {"春天": "春天来了,公园里的樱花开了。", "税务": "办税服务厅周一到周五上午九点开门。"}


def test_a_public_set_is_measured_by_every_ranker(settings: Settings, tmp_path: Path) -> None:
    entries = [
        {
            "context_id": f"C{at}",
            "context_text": text,
            "title": title,
            "qas": [{"query_id": f"Q{at}", "query_text": f"{title}怎么样?", "answers": [text[:4]]}],
        }
        for at, (title, text) in enumerate(PARAGRAPHS.items())
    ]
    path = tmp_path / "cmrc2018_dev.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    run = policyqa("eval", "outside", "cmrc", str(path), project=settings)
    assert run.returncode == 0, run.stderr
    assert all(name in run.stdout for name in ("BM25", "dense", "fused", "Success@1"))


def test_another_file_is_named(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "something.json"
    path.write_text("{}", encoding="utf-8")
    run = policyqa("eval", "outside", "stard", str(path), project=settings)
    assert (run.returncode, "something.json" in run.stderr) == (2, True)
