"""What an operator puts right survives re-reading, and nobody can put in what the notice does not print."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.document import document_from_text
from ingest.errors import BadCorrection, CorpusError
from ingest.parsed import Parsed
from ingest.parser import parse
from ingest.shelf.correction import Wanted
from ingest.shelf.correction_file import load_corrections, save_corrections
from ingest.shelf.corrections import apply, proposed
from tests.ingest.uploads import DOUBTFUL_KEY, RIGHT, TEXT

DOCUMENT = document_from_text(TEXT)


@pytest.fixture(scope="module")
def raw() -> Parsed:
    return parse(DOCUMENT)


def corrected(raw: Parsed, wanted: Wanted) -> Parsed:
    return apply(raw, proposed(raw, wanted), DOCUMENT)


def test_what_was_put_right_is_certain(raw: Parsed) -> None:
    assert DOUBTFUL_KEY in raw.doubtful
    parsed = corrected(raw, {DOUBTFUL_KEY: {"responsible": RIGHT}, "notice": {"region": "上海市青浦区", "year": 2027}})
    (measure,) = (each for each in parsed.notice.measures if each.key == DOUBTFUL_KEY)
    assert measure.responsible == RIGHT
    assert parsed.trust_in(DOUBTFUL_KEY) == 1.0
    assert parsed.doubtful == ()
    assert parsed.year == 2027
    assert len(parsed.notice.measures) == len(raw.notice.measures)


def test_the_title_is_put_right_wherever_it_stands(raw: Parsed) -> None:
    parsed = corrected(raw, {"notice": {"title": "数字贸易措施", "issued_on": date(2026, 3, 3)}})
    assert parsed.notice.title == "数字贸易措施"
    assert {each.title for each in parsed.notice.of_kind("notice")} == {"数字贸易措施"}
    assert parsed.notice.issued_on == date(2026, 3, 3)


def test_what_is_no_measure_is_left_out(raw: Parsed) -> None:
    parsed = corrected(raw, {"M3": {"absent": True}})
    assert [each.key for each in parsed.notice.measures] == ["M1", "M2"]


def test_a_department_that_the_notice_does_not_print_is_refused(raw: Parsed) -> None:
    with pytest.raises(BadCorrection, match="区文旅局"):
        corrected(raw, {"M1": {"lead": ("区商务委", "区文旅局")}})
    with pytest.raises(BadCorrection):
        corrected(raw, {"M1": {"lead": ("",)}})


def test_a_name_that_is_broken_over_two_lines_counts_as_printed(raw: Parsed) -> None:
    document = document_from_text(TEXT.replace("区商务委", "区商\n务委"))
    parsed = apply(raw, proposed(raw, {"M1": {"responsible": ("区商务委",)}}), document)
    assert parsed.notice.measures[0].responsible == ("区商务委",)


@pytest.mark.parametrize(
    "wanted",
    [
        {"M9": {"title": "没有这一条"}},
        {"M1": {"number": 3}},
        {"notice": {"year": "二〇二六"}},
        {"notice": {"issued_on": "2026-03-02"}},
        {"M1": {"lead": "区商务委"}},
        {"M1": {"title": "两行\n标题"}},
        {"M1": {"title": "\ud800"}},
        {"M1": {"absent": False}},
    ],
)
def test_what_cannot_be_corrected_is_named(raw: Parsed, wanted: Wanted) -> None:
    with pytest.raises(BadCorrection, match=r"M9|number|year|issued_on|lead|title|absent"):
        proposed(raw, wanted)


def test_wanting_what_was_read_takes_a_correction_back(raw: Parsed) -> None:
    kept = proposed(raw, {"M1": {"title": "直播基地"}})
    assert len(kept) == 1
    assert proposed(raw, {"M1": {"title": raw.notice.measures[0].title}}, kept) == ()


def test_a_notice_that_reads_differently_keeps_the_correction_and_says_so(raw: Parsed) -> None:
    corrections = proposed(raw, {"M1": {"title": "直播基地"}, "notice": {"region": "青浦"}})
    first, *others = (each for each in raw.notice.sources if each.kind == "measure")
    reread = replace(raw, notice=replace(raw.notice, sources=(replace(first, title="另一种读法"), *others)))
    parsed = apply(reread, corrections, DOCUMENT)
    assert parsed.notice.measures[0].title == "直播基地"
    (oddity,) = (each for each in parsed.oddities if each not in raw.oddities)
    assert oddity.line == 10
    for said in ("开办跨境直播基地", "另一种读法", "直播基地"):
        assert said in oddity.message


def test_a_reading_that_has_become_right_is_nothing_odd(raw: Parsed) -> None:
    corrections = proposed(raw, {"M1": {"title": "直播基地"}})
    first, *others = (each for each in raw.notice.sources if each.kind == "measure")
    reread = replace(raw, notice=replace(raw.notice, sources=(replace(first, title="直播基地"), *others)))
    assert apply(reread, corrections, DOCUMENT).oddities == raw.oddities


def test_a_correction_of_what_is_gone_says_so(raw: Parsed) -> None:
    corrections = proposed(raw, {"M3": {"title": "培训"}})
    shorter = replace(raw, notice=replace(raw.notice, sources=raw.notice.sources[:-1]))
    assert "M3" in apply(shorter, corrections, DOCUMENT).oddities[0].message


def test_the_side_file_gives_back_what_was_written(raw: Parsed, tmp_path: Path) -> None:
    wanted: Wanted = {
        "notice": {
            "title": '引号"与\\反斜杠',
            "issued_on": date(2026, 3, 3),
            "year": 2027,
            "document_number": "青府〔1〕号",
        },
        "M1": {"lead": ("区商务委",), "title": "直播"},
        "M3": {"absent": True},
    }
    corrections = proposed(raw, wanted)
    save_corrections(tmp_path, corrections)
    assert load_corrections(tmp_path) == corrections
    text = (tmp_path / "corrections.toml").read_text(encoding="utf-8")
    assert text.startswith("#")
    assert 'was.title = "开办跨境直播基地"' in text
    save_corrections(tmp_path, ())
    assert load_corrections(tmp_path) == ()


@pytest.mark.parametrize("text", ["[M1", 'M1 = "x"', "[M1]\nnumber = 3", "[M1]\nlead = 3"])
def test_a_side_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"corrections\.toml"):
        load_corrections(tmp_path)
