"""A project of a bench's own: the corpus and the index, copied, to be changed and attacked."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from ingest.settings import Settings, load_settings


def copied_project(folder: Path) -> tuple[Settings, Mapping[str, str]]:
    """Settings of a copy in ``folder``, with a store of its own, and the environment that a server needs for it."""
    real = load_settings()
    corpus_dir, data_dir = folder / "corpus", folder / "data"
    shutil.copytree(real.corpus_dir, corpus_dir)
    shutil.copytree(real.data_dir / "index", data_dir / "index", symlinks=True)
    (data_dir / "models").symlink_to((real.data_dir / "models").absolute())
    settings = real.model_copy(update={"corpus_dir": corpus_dir, "data_dir": data_dir, "store_url": ""})
    return settings, {
        "POLICYQA_CORPUS_DIR": str(corpus_dir),
        "POLICYQA_DATA_DIR": str(data_dir),
        "POLICYQA_STORE_URL": settings.store,
    }
