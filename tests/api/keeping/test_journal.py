"""What is said of an answer, however soon and wherever."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.contract import FeedbackBody
from api.keeping.journal import KEPT_WITHIN_S, Journal
from api.store import Store
from ingest.errors import UnknownTrace
from ingest.settings import Settings
from tests.api.store.test_store import TICKET

SAID = FeedbackBody(trace_id=TICKET.trace_id, verdict="helpful")


@pytest.fixture
def journal(settings: Settings, tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(settings.model_copy(update={"store_url": f"sqlite:///{tmp_path / 'store.db'}"}))
    yield journal
    journal.close()


def test_who_judges_an_answer_before_another_process_has_kept_it_is_heard(journal: Journal) -> None:
    with closing(Store(journal.settings.store)) as other:
        keeping = threading.Timer(KEPT_WITHIN_S / 3, other.exchanges.record, [TICKET])
        keeping.start()
        journal.decide(SAID, (), None)
        keeping.join()
        assert other.exchanges.outcomes([TICKET.trace_id])[TICKET.trace_id][1] == "helpful"


def test_what_was_never_answered_is_not_judged(journal: Journal) -> None:
    with pytest.raises(UnknownTrace):
        journal.decide(SAID, (), None)
