"""Is the index there, whole, of this encoder and these engines, and up to date with the corpus."""

from collections.abc import Iterator
from contextlib import closing

from api.doctor.finding import Finding
from ingest.index import Index, open_index
from ingest.index.layout import DEPARTMENTS, version_dir
from ingest.index.manifest import engine_versions
from ingest.index.plan import make_plan, what_stands
from ingest.settings import Settings

_INGEST = "请运行 policyqa ingest。"


def check(settings: Settings, _port: int) -> Iterator[Finding]:
    """The version in use, opened as the service opens it; then what an ingest would have to do."""
    with closing(open_index(settings)) as index:
        counts = index.manifest.counts
        seen = f"版本 {index.manifest.version},{len(index.corpus.notices)} 份通知,{sum(counts.values())} 个片段,完好"
        yield Finding("索引", "ok", seen)
    yield _topical(settings, index)


def _topical(settings: Settings, index: Index) -> Finding:
    manifest = index.manifest
    if other := [f"{name} {now}" for name, now in engine_versions().items() if manifest.engines.get(name) != now]:
        return Finding("索引新旧", "attention", f"现在装的是 {'、'.join(other)},与建索引时不同", _INGEST)
    plan = make_plan(settings, what_stands(settings))
    stated = (version_dir(settings, manifest.version) / DEPARTMENTS).read_bytes()
    changed = {
        entry.id for each in plan.built for entry in each.notices
    } | manifest.notices.keys() - plan.digests.keys()
    if changed:
        return Finding("索引新旧", "attention", f"语料改过,还没有进索引:{'、'.join(sorted(changed))}", _INGEST)
    if stated != (settings.corpus_dir / DEPARTMENTS).read_bytes():
        return Finding("索引新旧", "attention", f"{DEPARTMENTS} 改过,还没有进索引", _INGEST)
    return Finding("索引新旧", "ok", "与语料一致")
