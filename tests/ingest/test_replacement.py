"""Several files and folders replaced as one: whatever moment it stops at, it is done to the end afterwards."""

from pathlib import Path

import pytest

from ingest.errors import BackupError
from ingest.replacement import STATEMENT, Replacement, finish, state


class Killed(BaseException):
    """Nothing may be done after it."""


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def prepare(folder: Path) -> list[Replacement]:
    """A file that goes, one that is replaced, a folder that is replaced, one that is new."""
    write(folder / "now", gone="old", file="old")
    write(folder / "now" / "folder", inside="old", left_out="old")
    write(folder / "new", file="new", added="new")
    write(folder / "new" / "folder", inside="new")
    now, new, kept = folder / "now", folder / "new", folder / "kept"
    return [
        Replacement(now / "gone", kept / "gone"),
        *(Replacement(now / name, kept / name, new / name) for name in ("file", "folder", "added")),
    ]


NEW = {"file": "new", "folder/inside": "new", "added": "new"}
OLD = {"gone": "old", "file": "old", "folder/inside": "old", "folder/left_out": "old"}


@pytest.mark.parametrize("moves", range(7))
def test_one_that_is_killed_between_two_moves_is_finished_later_and_loses_nothing(
    moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(tmp_path, prepare(tmp_path))
    with monkeypatch.context() as patched:
        left, move = moves, Path.replace

        def moved(path: Path, target: Path) -> Path:
            nonlocal left
            if not left:
                raise Killed
            left -= 1
            return move(path, target)

        patched.setattr(Path, "replace", moved)
        if moves < 6:
            with pytest.raises(Killed):
                finish(tmp_path)
        else:
            finish(tmp_path)
    finish(tmp_path)
    assert contents(tmp_path / "now") == NEW
    assert contents(tmp_path / "kept") == OLD
    assert not (tmp_path / STATEMENT).exists()


def test_what_is_not_stated_is_not_done(tmp_path: Path) -> None:
    prepare(tmp_path)
    finish(tmp_path)
    assert contents(tmp_path / "now") == OLD


def test_what_was_made_in_the_meantime_is_kept_too(tmp_path: Path) -> None:
    state(tmp_path, prepare(tmp_path))
    write(tmp_path / "kept", file="old")
    write(tmp_path / "now", file="of another program")
    finish(tmp_path)
    assert contents(tmp_path / "now") == NEW
    assert contents(tmp_path / "kept") == {**OLD, "file": "old", "file-2": "of another program"}


def test_what_cannot_be_moved_is_named_and_done_later(tmp_path: Path) -> None:
    replacements = prepare(tmp_path)
    state(tmp_path, replacements)
    write(tmp_path, kept="a file where a folder is needed")
    with pytest.raises(BackupError, match="只做了一半"):
        finish(tmp_path)
    (tmp_path / "kept").unlink()
    finish(tmp_path)
    assert contents(tmp_path / "now") == NEW
