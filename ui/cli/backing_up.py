"""policyqa backup and policyqa restore."""

from pathlib import Path

import typer

from api.backup import BackupManifest, back_up, read_manifest, restore
from ingest.settings import load_settings
from ui.cli.console import ask_or_stop, console

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run_backup(file: Path) -> None:
    """Write a backup and say what is in it; exit code 1 if something could not be."""
    taken = back_up(load_settings(), file)
    _say(f"已备份到 {file}:{_contents(taken.manifest)}。")
    _say("里面有工单和密钥的摘要,只有您读得到;请妥善保管。")
    for remark in taken.remarks:
        _say(remark)
    _report(taken.problems)


def run_restore(file: Path, is_agreed: bool) -> None:
    """Restore a backup, say where what was there before is; exit code 1 if something is left to do."""
    settings = load_settings()
    manifest = read_manifest(file)
    _say(f"{file.name}:{manifest.made_at.astimezone():%Y-%m-%d %H:%M} 的备份,{_contents(manifest)}。")
    question = f"用它替换 {settings.corpus_dir} 和 {settings.data_dir} 里现有的?"
    ask_or_stop(question, is_agreed, f"policyqa restore {file} --yes")
    restored = restore(settings, file)
    _say("已恢复。")
    for path in restored.kept:
        _say(f"原有的在 {path};确认不再需要后请删除。")
    _report(restored.remarks)


def _contents(manifest: BackupManifest) -> str:
    parts = [f"语料,{len(manifest.files)} 个文件,{manifest.size / 1e6:.1f} MB"]
    parts.append(f"索引 {manifest.index}" if manifest.index else "没有索引")
    parts.append(f"工单库(原在 {_DATABASES[manifest.store]})" if manifest.store else "没有工单库")
    return ";".join(parts)


def _report(problems: tuple[str, ...]) -> None:
    for problem in problems:
        _say(problem)
    if problems:
        raise typer.Exit(1)


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
