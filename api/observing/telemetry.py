"""Sending spans to an OpenTelemetry collector (OTLP over gRPC), if one is set."""

from collections.abc import Callable
from importlib.metadata import version

from opentelemetry.trace import NoOpTracerProvider

from ingest.settings import Settings
from rag.spans import record_with

TIMEOUT_S = 3
"""A collector that is away is not waited for longer, also at the end of the service."""


class Telemetry:
    """The exporter of this process. Without ``otlp_endpoint`` there is none: no thread, no connection."""

    def __init__(self, settings: Settings) -> None:
        self._shut_down: Callable[[], None] | None = None
        if settings.otlp_endpoint is None:
            return
        # Half a second of imports that few need.
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        named = Resource.create({"service.name": "policyqa", "service.version": version("policy-qa")})
        provider = TracerProvider(resource=named, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=str(settings.otlp_endpoint), timeout=TIMEOUT_S)
        provider.add_span_processor(BatchSpanProcessor(exporter))
        record_with(provider)
        self._shut_down = provider.shutdown

    def close(self) -> None:
        """Send what has gathered and end."""
        if self._shut_down:
            record_with(NoOpTracerProvider())
            self._shut_down()
