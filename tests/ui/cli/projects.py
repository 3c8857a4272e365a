"""A project of its own for a command, and how a command is run in this process."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.settings import Settings
from tests.conftest import copy_project
from tests.model_server import ScriptedModel
from ui.cli.app import app


def enter_project(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of the project in ``folder``; commands of this process work on it."""
    project = copy_project(settings, folder)
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(project.corpus_dir))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(project.data_dir))
    monkeypatch.setenv("COLUMNS", "200")
    return project


def set_model(model: ScriptedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands ask this model."""
    monkeypatch.setenv("POLICYQA_LLM_BASE_URL", f"{model.url}/v1")
    monkeypatch.setenv("POLICYQA_LLM_MODEL", "scripted")
    monkeypatch.setenv("POLICYQA_LLM_RETRIES", "0")


def run(*arguments: str, typed: str = "") -> str:
    """What a command that succeeds prints."""
    result = CliRunner().invoke(app, list(arguments), input=typed)
    assert result.exit_code == 0, result.output
    return result.output
