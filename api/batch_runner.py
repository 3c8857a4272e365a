"""Batches that were handed in over HTTP, worked through one after the other beside the answering."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import Depends, Request

from api.batch import Table, run_batch
from api.serving import Served
from api.store import Store
from ingest.errors import PolicyQAError
from rag.request_id import working_under

logger = logging.getLogger(__name__)


class BatchRunner:
    """One worker: answering the people who wait goes before batches."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="batch")
        self._closing = False

    def submit(self, table: Table, served: Served, store: Store) -> None:
        """Work through the table when its turn comes."""
        self._pool.submit(self._run, table, served, store)

    def close(self) -> None:
        """Stop after the rows that are being worked on; what is done is kept."""
        self._closing = True
        self._pool.shutdown(cancel_futures=True)

    def _run(self, table: Table, served: Served, store: Store) -> None:
        with working_under(table.id):
            self._work(table, served, store)

    def _work(self, table: Table, served: Served, store: Store) -> None:
        logger.info("batch %s begins: %d rows", table.id, len(table.sheet.rows))
        try:
            run_batch(table, served, store, self._advance)
            logger.info("batch %s finished", table.id)
        except _Stopped:
            logger.info("batch %s stopped; the same table goes on with it", table.id)
        except PolicyQAError as error:
            logger.warning("batch %s not finished: %s", table.id, error)

    def _advance(self, _done: int, _total: int) -> None:
        if self._closing:
            raise _Stopped


class _Stopped(Exception):
    """The service ends."""


async def _get_runner(request: Request) -> BatchRunner:
    runner: BatchRunner = request.app.state.batch_runner
    return runner


BatchRunnerDep = Annotated[BatchRunner, Depends(_get_runner)]
"""The runner of batches, as a FastAPI dependency."""
