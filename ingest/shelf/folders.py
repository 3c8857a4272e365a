"""The folders of the notices: replaced and taken away whole. Whoever looks sees the old state or the new one.

<corpus_dir>/<id>/               a notice
<corpus_dir>/.staged/<id>/       one that is being made
<corpus_dir>/.replaced/<id>/     the one that it replaces, until the new one is in its place and indexed
<data_dir>/removed/<id>-<time>/  what was replaced or removed: nothing of the operator's is lost
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ingest.publication import published
from ingest.settings import Settings

_STAGED, _REPLACED, _DISCARDED = ".staged", ".replaced", ".discarded"


def folders_of(corpus_dir: Path) -> list[Path]:
    """The folders of all notices, sorted by id; of one whose replacement was cut off, the one that was there before."""
    found = {path.parent.name: path.parent for path in corpus_dir.glob(f"{_REPLACED}/*/notice.txt")}
    found |= {path.parent.name: path.parent for path in corpus_dir.glob("*/notice.txt")}
    return [found[name] for name in sorted(found)]


def settle(corpus_dir: Path) -> None:
    """Finish or undo what an earlier run that was killed left behind. The ingest lock is held."""
    for replaced in corpus_dir.glob(f"{_REPLACED}/*"):
        if not (corpus_dir / replaced.name).exists():
            replaced.replace(corpus_dir / replaced.name)
    for name in (_STAGED, _REPLACED, _DISCARDED):
        shutil.rmtree(corpus_dir / name, ignore_errors=True)


def stage(corpus_dir: Path, notice_id: str) -> Path:
    """A folder for a notice that is being made, beginning with what its present folder holds."""
    staged = corpus_dir / _STAGED / notice_id
    shutil.rmtree(staged, ignore_errors=True)
    if (corpus_dir / notice_id).is_dir():
        shutil.copytree(corpus_dir / notice_id, staged)
    else:
        staged.mkdir(parents=True)
    return staged


@contextmanager
def exchanged(settings: Settings, put: Sequence[str], taken: Sequence[str] = ()) -> Iterator[None]:
    """Put what was staged into its place, or take notices away; all is put back if the block fails.

    The ingest lock is held. What is replaced or taken away is kept in the data folder.
    """
    corpus_dir, replaced = settings.corpus_dir, settings.corpus_dir / _REPLACED
    replaced.mkdir(exist_ok=True)
    gone = [name for name in (*put, *taken) if (corpus_dir / name).is_dir()]
    for name in gone:
        _keep(settings, corpus_dir / name)
    try:
        for name in put:
            if name in gone:
                (corpus_dir / name).replace(replaced / name)
            (corpus_dir / _STAGED / name).replace(corpus_dir / name)
        for name in taken:
            _discard(corpus_dir, name)
        yield
    except BaseException:
        for name in put:
            if name not in gone or (replaced / name).exists():
                _discard(corpus_dir, name)
        for name in taken:
            if (corpus_dir / name).exists():
                continue
            shutil.copytree(_newest(settings, name), corpus_dir / _STAGED / name)
            (corpus_dir / _STAGED / name).replace(corpus_dir / name)
        raise
    finally:
        settle(corpus_dir)


def _discard(corpus_dir: Path, name: str) -> None:
    """Out of sight in one step."""
    discarded = corpus_dir / _DISCARDED
    discarded.mkdir(exist_ok=True)
    if (corpus_dir / name).is_dir():
        (corpus_dir / name).replace(discarded / name)


def _keep(settings: Settings, folder: Path) -> None:
    at = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    with published(settings.data_dir / "removed" / f"{folder.name}-{at}") as kept:
        shutil.copytree(folder, kept, dirs_exist_ok=True)


def _newest(settings: Settings, name: str) -> Path:
    return max((settings.data_dir / "removed").glob(f"{name}-????????T*Z"))
