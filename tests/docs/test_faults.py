"""docs/faults.md: every fault has a test, and every test that it names is there."""

import ast
import re
from functools import lru_cache

import pytest

from ingest.settings import PROJECT_DIR

COLUMNS = "| 故障 | 用户看到什么 | 会丢什么 | 怎样恢复 | 测试 |"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")


def rows() -> list[list[str]]:
    """The cells of every fault."""
    lines = (PROJECT_DIR / "docs" / "faults.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|") and line != COLUMNS]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table if set(line) != set("|-")]


@lru_cache(maxsize=64)
def named_in(file: str) -> frozenset[str]:
    """The tests of a file by the names that pytest gives them, without parameters."""
    tree = ast.parse((PROJECT_DIR / file).read_text(encoding="utf-8"))
    places = [("", tree.body), *((f"{node.name}::", node.body) for node in tree.body if isinstance(node, ast.ClassDef))]
    return frozenset(
        f"{within}{node.name}"
        for within, body in places
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_fault_says_all_there_is_to_say_and_names_tests_that_exist(row: list[str]) -> None:
    assert len(row) == COLUMNS.count("|") - 1
    assert all(row)
    named = _TEST.findall(row[-1])
    assert named
    assert [(file, test) for file, test in named if test not in named_in(file)] == []


def test_the_faults_are_many() -> None:
    assert len(rows()) > 30
