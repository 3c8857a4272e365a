"""From the file to the rows, with the project's own encoder."""

from pathlib import Path

import pytest

from eval.outside.measuring import measure_outside
from ingest.errors import CorpusError, IndexMissing
from ingest.settings import Settings
from tests.eval.outside.samples import CMRC_FLAT, RGB, STARD_CORPUS, STARD_QUERIES, write, write_lines
from tests.progress import silent

METRICS = ["RR@10", "Success@1", "Success@5", "R@10", "nDCG@10"]


def test_stard_has_a_row_for_each_metric_and_a_figure_for_each_ranker(settings: Settings, tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", STARD_CORPUS)
    rows = measure_outside("stard", write(tmp_path / "queries.json", STARD_QUERIES), settings, silent)
    assert [row.metric for row in rows] == METRICS
    assert {row.task for row in rows} == {"STARD(4 条法条)"}
    assert all(list(row.figures) == ["BM25", "dense", "fused"] for row in rows)
    assert rows[1].figures["fused"].mean == 1.0


def test_cmrc_finds_the_paragraph_of_a_question(settings: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT)
    rows = measure_outside("cmrc", path, settings, silent)
    assert {figure.mean for figure in rows[1].figures.values()} == {1.0}
    assert {
        figure.n for row in measure_outside("cmrc", path, settings, silent, 2) for figure in row.figures.values()
    } == {2}


def test_rgb_is_ranked_under_four_ratios_of_noise_and_tells_what_nothing_answers(
    settings: Settings, tmp_path: Path
) -> None:
    rows = measure_outside("rgb", write_lines(tmp_path / "zh.json", RGB), settings, silent)
    assert [row.task for row in rows[::4]] == ["RGB(噪声 20%)", "RGB(噪声 40%)", "RGB(噪声 60%)", "RGB(噪声 80%)"]
    assert [row.metric for row in rows[:4]] == ["RR@10", "Success@1", "nDCG@10", "AUROC"]
    assert rows[0].figures["fused"].mean == 1.0
    assert rows[3].figures["dense"].mean == 1.0


def test_a_file_of_another_data_set_is_refused_before_anything_is_encoded(settings: Settings, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "zh.json", RGB)
    with pytest.raises(CorpusError, match="STARD"):
        measure_outside("stard", path, settings.model_copy(update={"data_dir": tmp_path}), silent)


def test_without_the_encoder_the_remedy_is_said(settings: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT)
    with pytest.raises(IndexMissing, match="policyqa ingest"):
        measure_outside("cmrc", path, settings.model_copy(update={"data_dir": tmp_path}), silent)
