"""The HTTP application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import error_handlers, errors
from api.access import Keyring
from api.batch_runner import BatchRunner
from api.body_limit import BodyLimitMiddleware
from api.journal import Journal
from api.metrics import Metrics, MetricsMiddleware
from api.routes import adding, ask, assist, batches, catalogue, evaluation, figures, operations, review, session
from api.serving import ServedIndex
from api.tracing import TraceMiddleware
from ingest.settings import Settings
from rag.model import open_models

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_app(settings: Settings) -> FastAPI:
    """The API over the index of ``settings``. Without an index it starts all the same and answers 503.

    Raises SettingsError if a language model is set and cannot be opened; one that does not answer is done without.
    """
    served_index, journal, batch_runner = ServedIndex(settings), Journal(settings), BatchRunner()
    models = open_models(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(served_index.warm_up)
        yield
        await run_in_threadpool(batch_runner.close)
        if models:
            await models.aclose()
        served_index.close()
        journal.close()

    # The documentation pages of FastAPI load scripts from a CDN; the OpenAPI document itself stays.
    app = FastAPI(
        title="政策问答 Policy QA",
        version="1",
        description="企业用自己的话提问,得到牵头部门、举措编号和通知原文。",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses=errors.ERROR_RESPONSES,
    )
    app.state.served_index, app.state.journal, app.state.batch_runner = served_index, journal, batch_runner
    app.state.settings, app.state.keyring, app.state.models = settings, Keyring(journal), models
    app.state.metrics = Metrics(journal)
    error_handlers.install(app)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(error_handlers.LastResortMiddleware)
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics)
    app.add_middleware(TraceMiddleware)
    for module in (ask, assist, batches, review, catalogue, adding, figures, evaluation, operations, session):
        app.include_router(module.router)
    app.add_api_route("/v1/{path:path}", _no_such_endpoint, methods=_METHODS, include_in_schema=False)
    return app


def _no_such_endpoint(path: str) -> None:
    """What is not in the contract is a 404 in the contract's shape, also where a front end is mounted at /."""
    raise HTTPException(404)
