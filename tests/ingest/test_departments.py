from pathlib import Path

import pytest

from ingest.catalogue import printed_departments
from ingest.corpus import Corpus, CorpusNotice
from ingest.errors import CorpusError, UnknownDepartment
from ingest.register_file import load_departments


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("区市场监管局", "区市场监管局"),
        ("工商局", "区市场监管局"),
        ("虹口工商局", "区市场监管局"),
        ("市工商局", "市市场监管局"),
        ("上海市环保局", "市生态环境局"),
        ("环保局", "区生态环境局"),
        ("房管局", "区住房保障房屋管理局"),
        ("上海市虹口区司法局", "区司法局"),
        ("区政府办公室（区政务服务中心）", "区政府办公室"),
        ("区消防救援支队等相关部门", "区消防救援支队"),
        ("市高院", "市高级法院"),
        ("海关", "上海海关"),
    ],
)
def test_an_office_is_found_by_any_of_its_names(corpus: Corpus, name: str, canonical: str) -> None:
    assert corpus.departments.get(name).name == canonical


def test_every_department_that_the_notice_prints_is_registered(corpus: Corpus, hongkou: CorpusNotice) -> None:
    printed = {name for source in hongkou.notice.sources for name in printed_departments(source)}
    assert len(printed) > 70
    assert {name for name in printed if corpus.departments.find(name) is None} == set()


def test_every_registered_department_has_an_english_name_and_a_level_that_its_name_shows(corpus: Corpus) -> None:
    for department in corpus.departments.departments:
        assert department.english
        if department.name[0] == "区":
            assert department.level == "district"
        if department.name[0] == "市":
            assert department.level == "municipal"


def test_an_unknown_office_is_named_in_the_error(corpus: Corpus) -> None:
    with pytest.raises(UnknownDepartment, match="气象局"):
        corpus.departments.get("气象局")


@pytest.mark.parametrize(
    "text",
    [
        '[[department]]\nname = "甲局"\nlevel = "district"\n',
        '[[department]]\nname = "甲局"\nfull_name = ""\nlevel = "village"\naliases = []\nenglish = "A"\n',
        '[[department]]\nname = "甲局"\nfull_name = ""\nlevel = "district"\naliases = []\nenglish = "A"\nphone = "1"\n',
        '[[department]]\nname = "甲局"\nfull_name = ""\nlevel = "district"\naliases = ["甲局"]\nenglish = "A"\n' * 2,
        "[[department",
    ],
)
def test_a_faulty_register_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "departments.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError):
        load_departments(path)
