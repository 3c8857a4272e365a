"""`make audit`: a finding fails, a service that does not answer is said and does not."""

import json
from pathlib import Path

import pytest

from bench.audit import main


@pytest.fixture
def answering(tmp_path: Path) -> Path:
    """A program that stands where pip-audit does and says what lies beside it."""
    program = tmp_path / "pip-audit"
    program.write_text(f'#!/bin/sh\ncat "{tmp_path}/said"\necho "no route to the service" >&2\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def said(program: Path, *packages: dict[str, object]) -> None:
    (program.parent / "said").write_text(json.dumps({"dependencies": packages}), encoding="utf-8")


def test_a_finding_fails_and_is_named(answering: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {"id": "PYSEC-2026-1", "fix_versions": ["1.2.4"], "aliases": [], "description": ""}
    said(answering, {"name": "some", "version": "1.2.3", "vulns": [found]})
    assert main(answering) == 1
    assert "some 1.2.3: PYSEC-2026-1;修正于 1.2.4" in capsys.readouterr().out


def test_what_the_service_does_not_know_is_counted(answering: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(answering, {"name": "some", "skip_reason": "not found"}, {"name": "other", "version": "1", "vulns": []})
    assert main(answering) == 0
    assert "共 2 个,查到有漏洞的 0 个,服务没有答复的 1 个" in capsys.readouterr().out


def test_a_service_out_of_reach_is_said(answering: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (answering.parent / "said").write_text("", encoding="utf-8")
    assert main(answering) == 0
    assert "没有查成,漏洞情况不明:no route to the service" in capsys.readouterr().out
