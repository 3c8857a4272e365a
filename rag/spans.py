"""OpenTelemetry spans around what takes time. They say what was done and how long it took, never what anybody said.

Unless a provider is given (api/observing/telemetry.py) they are not recorded and cost next to nothing. It is not made
OpenTelemetry's global one: FastAPI, Chroma and others would tell it what they see, addresses and queries included.
"""

from contextlib import AbstractContextManager

from opentelemetry.trace import NoOpTracerProvider, Span, SpanKind, TracerProvider

_NAME = "policyqa"
_tracer = NoOpTracerProvider().get_tracer(_NAME)


def record_with(provider: TracerProvider) -> None:
    """From now on the spans of this process go to ``provider``."""
    global _tracer
    _tracer = provider.get_tracer(_NAME)


def span(name: str, kind: SpanKind = SpanKind.INTERNAL) -> AbstractContextManager[Span]:
    """A span around what is inside; what is done there belongs to it. The texts of errors are kept out of it."""
    return _tracer.start_as_current_span(name, kind=kind, record_exception=False, set_status_on_exception=False)


def lone_span(name: str, kind: SpanKind = SpanKind.INTERNAL) -> Span:
    """A span that the caller ends: generators run on in other contexts than the one they began in."""
    return _tracer.start_span(name, kind=kind)
