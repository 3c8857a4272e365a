"""The HTTP application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from api import error_handlers, errors
from api.batch_runner import BatchRunner
from api.draining import Draining, DrainMiddleware
from api.guards import unmatched
from api.guards.address import AddressMiddleware
from api.guards.body_limit import BodyLimitMiddleware
from api.guards.cross_origin import CrossOriginMiddleware
from api.guards.limits import CallerLimits
from api.guards.overload import OverloadMiddleware
from api.guards.security_headers import SecurityHeadersMiddleware
from api.guards.turnstile import Turnstile
from api.keeping.journal import Journal
from api.observing.metrics import Metrics
from api.observing.observation import ObservationMiddleware
from api.observing.telemetry import Telemetry
from api.observing.tracing import TraceMiddleware
from api.routes import adding, ask, assist, batches, catalogue, evaluation, figures, openai, operations, review, session
from api.serving import ServedIndex
from api.signing_in.access import LIMITED, Keyring
from api.signing_in.staff import StaffSessions
from ingest.settings import Settings
from rag.model import open_models


def create_app(settings: Settings) -> FastAPI:
    """The API over the index of ``settings``. Without an index it starts all the same and answers 503.

    Raises SettingsError if a language model is set and cannot be opened; one that does not answer is done without;
    and if a secret of the provider's cannot be read.
    """
    served_index, journal, batch_runner = ServedIndex(settings), Journal(settings), BatchRunner()
    models, draining, telemetry = open_models(settings), Draining(), Telemetry(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(served_index.warm_up)
        yield
        await run_in_threadpool(batch_runner.close)
        if models:
            await models.aclose()
        served_index.close()
        journal.close()
        await run_in_threadpool(telemetry.close)

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
    app.state.turnstile = Turnstile()
    app.state.metrics = Metrics(journal, served_index, models, draining)
    app.state.limits, app.state.draining = CallerLimits(settings.rate_limits), draining
    app.state.staff_sessions = StaffSessions(settings.signing_secret()) if settings.has_oidc else None
    error_handlers.install(app)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(OverloadMiddleware)
    app.add_middleware(error_handlers.LastResortMiddleware)
    app.add_middleware(CrossOriginMiddleware, origins=settings.cors_origins)
    app.add_middleware(DrainMiddleware, draining=draining)
    app.add_middleware(ObservationMiddleware, metrics=app.state.metrics)
    app.add_middleware(AddressMiddleware)
    app.add_middleware(TraceMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)
    for module in (ask, openai, assist, batches, review, catalogue, adding, figures, evaluation, operations, session):
        app.include_router(module.router, dependencies=[LIMITED])
    unmatched.install(app, LIMITED)
    if settings.has_oidc:
        _add_provider(app, settings)
    return app


def _add_provider(app: FastAPI, settings: Settings) -> None:
    # Takes a fifth of a second to import, and few need it.
    from api.routes import oidc
    from api.signing_in.oidc import Provider

    app.state.provider = Provider(settings)
    app.include_router(oidc.router)
