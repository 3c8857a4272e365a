"""From the comparison of two notices to the contract."""

from api.contract import ChangedSource, NoticeChanges
from api.presenter import notice_summary, source_model
from ingest.corpus import CorpusNotice
from ingest.succession import Changes
from rag.answer import Predecessor


def notice_changes(older: CorpusNotice, newer: CorpusNotice, found: Changes) -> NoticeChanges:
    """What became of one notice in another."""
    return NoticeChanges(
        older=notice_summary(older),
        newer=notice_summary(newer),
        added=[source_model(newer.id, source) for source in found.added],
        dropped=[source_model(older.id, source) for source in found.dropped],
        changed=[
            ChangedSource(
                fields=list(pair.changed),
                older=source_model(older.id, pair.older),
                newer=source_model(newer.id, pair.newer, previous=Predecessor(older, pair.older, pair.changed)),
            )
            for pair in found.changed
        ],
        unchanged=len(found.kept) - len(found.changed),
    )
