"""Sources as they are named on the command line: M12, or hongkou-2025/M12 where several notices have one."""

from collections.abc import Iterator, Sequence

from ingest.corpus import Corpus, CorpusNotice
from ingest.errors import UnknownSource
from ingest.notice import Source

NoticeSource = tuple[CorpusNotice, Source]


def named_sources(corpus: Corpus, names: Sequence[str]) -> list[NoticeSource]:
    """The sources of those names, each once. Raises UnknownNotice, or UnknownSource also where a name is not enough."""
    found = (_named(corpus, name) for name in dict.fromkeys(names))
    return list({(entry.id, source.key): (entry, source) for entry, source in found}.values())


def all_sources(corpus: Corpus) -> Iterator[NoticeSource]:
    """Every source of every notice, in printed order."""
    return ((entry, source) for entry in corpus.notices for source in entry.notice.sources)


def _named(corpus: Corpus, name: str) -> NoticeSource:
    notice_id, _, key = name.rpartition("/")
    if notice_id:
        entry = corpus.notice(notice_id)
        return entry, entry.source(key)
    holders = [entry for entry in corpus.notices if key in entry.by_key]
    if len(holders) > 1:
        full = "、".join(f"{entry.id}/{key}" for entry in holders)
        raise UnknownSource(f"有几份通知都有 {key}。", f"请写全:{full}。")
    entry = holders[0] if holders else corpus.notices[0]
    return entry, entry.source(key)
