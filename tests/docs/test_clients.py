"""docs/clients.md: every snippet is taken out of it and run against a real server; citations arrive."""

import re
import runpy
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.settings import PROJECT_DIR, Settings
from tests.ui.web.conftest import free_port, serving

ADDRESS = "http://127.0.0.1:8000"
ODI = "hongkou-2025/M12"
_TEXT = (PROJECT_DIR / "docs/clients.md").read_text(encoding="utf-8")
_SNIPPETS = re.findall(r"^```(bash|python)\n(.*?)^```$", _TEXT, re.MULTILINE | re.DOTALL)
BASH = [code for language, code in _SNIPPETS if language == "bash"]
PYTHON = [code for language, code in _SNIPPETS if language == "python"]


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server, as `policyqa serve` starts it, with a store of its own."""
    store = tmp_path_factory.mktemp("clients") / "store.db"
    with serving(settings, free_port(), POLICYQA_STORE_URL=f"sqlite:///{store}") as address:
        yield address


def curl(code: str, address: str) -> str:
    assert ADDRESS in code
    return subprocess.run(
        ["bash", "-c", code.replace(ADDRESS, address)], capture_output=True, text=True, check=True
    ).stdout


def python(code: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert ADDRESS in code
    script = folder / "snippet.py"
    script.write_text(code.replace(ADDRESS, address), encoding="utf-8")
    runpy.run_path(str(script))
    return capsys.readouterr().out


def test_the_document_shows_every_client() -> None:
    paths = [re.findall(rf"{ADDRESS}(\S+)", code)[0] for code in BASH]
    assert paths == ["/v1/ask", "/v1/ask/stream", "/v1/chat/completions"]
    imported = [code.partition("import")[0] for code in PYTHON]
    assert imported == ["from openai ", "from openai ", "from langchain_openai ", "from gradio_client "]


@pytest.mark.parametrize("code", BASH)
def test_curl_gets_the_answer_with_its_citations(address: str, code: str) -> None:
    said = curl(code, address)
    assert re.search(rf'"citations": ?\[{{"id": ?"{ODI}"', said)
    assert "区服务发展办" in said
    if "-N" in code:
        assert said.count("data: ") > 3


@pytest.mark.parametrize("code", [code for code in PYTHON if "langchain" not in code])
def test_python_gets_the_answer_with_its_citations(
    address: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = python(code, address, tmp_path, capsys).splitlines()
    assert any(line.startswith(f"{ODI} ['") for line in lines)
    if "gradio_client" in code:
        assert lines[-1] == "hongkou-2025/M23"
    elif "annotations" in code:
        assert lines[-1].endswith(f"{address}/notices/{lines[-1].partition('/notices/')[2]}")
        assert "answered" in lines


@pytest.mark.parametrize("code", [code for code in PYTHON if "langchain" in code])
def test_langchain_gets_the_answer_with_the_number_and_the_quote(
    address: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = python(code, address, tmp_path, capsys)
    assert all(piece in said for piece in ("区服务发展办", "第12条", "ODI备案指导"))
