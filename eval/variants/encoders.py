"""The index with another encoder, to tell what the encoder's parts are worth. Built on first use, kept beside it."""

import hashlib
from pathlib import Path

from ingest.adaptation import Schedule, train_adapter
from ingest.corpus import load_corpus
from ingest.encoder import packaged_model_dir
from ingest.index import Index, open_index
from ingest.index.indexing import ingest
from ingest.model import build_model
from ingest.progress import Progress
from ingest.publication import published
from ingest.settings import Settings


def without_adapter(settings: Settings, progress: Progress) -> Index:
    """Everything but the adapter."""
    return _with_adapter(settings, "unadapted", None, progress)


def without_sources(settings: Settings, held_out: frozenset[str], progress: Progress) -> Index:
    """With an adapter that was trained without the sources ``held_out`` (keys as M12); 10 minutes the first time.

    Their banked questions are in the index nonetheless.
    """
    entry = load_corpus(settings.corpus_dir).notices[0]
    seen = (entry.questions, Schedule(), sorted(held_out))
    name = f"without-{hashlib.sha256(repr(seen).encode()).hexdigest()[:12]}"
    adapter = _aside(settings, name).data_dir / "adapter"
    if not adapter.exists():
        with published(adapter) as folder:
            train_adapter(entry, folder, Schedule(), progress, held_out)
    return _with_adapter(settings, name, adapter, progress)


def in_full_precision(settings: Settings, progress: Progress) -> Index:
    """With the packaged model in fp32, run by sentence-transformers, instead of int8."""
    aside = _aside(settings, "fp32").model_copy(update={"encoder": str(packaged_model_dir(settings).resolve())})
    ingest(aside, progress)
    return open_index(aside)


def _with_adapter(settings: Settings, name: str, adapter: Path | None, progress: Progress) -> Index:
    aside = _aside(settings, name)
    if not packaged_model_dir(aside).exists():
        build_model(packaged_model_dir(aside), progress, adapter)
    ingest(aside, progress)
    return open_index(aside)


def _aside(settings: Settings, name: str) -> Settings:
    return settings.model_copy(update={"data_dir": settings.data_dir / "variants" / name})
