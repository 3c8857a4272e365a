"""What operators watch: requests as they come, and the figures that measure 43 asks of such a service."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api.contract import GenerationModel
from api.draining import Draining
from api.keeping.journal import Journal
from api.serving import ServedIndex
from api.store import Figures
from ingest.errors import StoreUnavailable
from rag.model import ModelServers

WINDOW = timedelta(days=7)
"""The figures are of so many days."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Metrics:
    """One registry for one application."""

    def __init__(
        self, journal: Journal, served_index: ServedIndex, models: ModelServers | None, draining: Draining
    ) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route")
        self.requests = Counter("policyqa_requests", "请求数", (*labels, "status"), registry=self.registry)
        self.seconds = Histogram(
            "policyqa_request_seconds", "请求用时(秒)", labels, buckets=_SECONDS, registry=self.registry
        )
        self.answers = Counter(
            "policyqa_answers", "答复数", ("kind", "status", "intent", "department"), registry=self.registry
        )
        self.steps = Histogram(
            "policyqa_step_seconds", "每一步用时(秒)", ("step",), buckets=_SECONDS, registry=self.registry
        )
        self.generations = Counter(
            "policyqa_generations", "请语言模型措辞的次数", ("outcome", "model"), registry=self.registry
        )
        self.dropped = Counter(
            "policyqa_dropped_sentences", "核对未过的句子", ("reason", "model"), registry=self.registry
        )
        running = Gauge("policyqa_requests_running", "正在处理的接口请求", registry=self.registry)
        running.set_function(lambda: draining.running)
        self.registry.register(journal.lost)
        self.registry.register(_Service(journal))
        self.registry.register(_Parts(served_index, models))
        ProcessCollector(registry=self.registry)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. Callers must not be able to make up methods and routes: each is a series for ever."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)

    def count_answer(self, kind: str, status: str, intent: str, lead: list[str], timings_ms: dict[str, float]) -> None:
        """Count one answer, or one demand of a ticket."""
        self.answers.labels(kind, status, intent, lead[0] if lead else "").inc()
        for step, spent in timings_ms.items():
            self.steps.labels(step).observe(spent / 1000)

    def count_generation(self, generation: GenerationModel) -> None:
        """Count what came of asking a language model."""
        self.generations.labels(generation.outcome, generation.model).inc()
        for reason, count in generation.dropped.items():
            self.dropped.labels(reason, generation.model).inc(count)


class _Service(Collector):
    """The figures of the last days, read from the store when they are asked for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is read while registering."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Without a store there are none, and that is told."""
        is_up = GaugeMetricFamily("policyqa_store_up", "工单库可用")
        try:
            figures = self._journal.store.exchanges.figures(datetime.now(UTC) - WINDOW)
        except StoreUnavailable:
            is_up.add_metric((), 0)
        else:
            is_up.add_metric((), 1)
            yield from _families(figures)
        yield is_up


class _Parts(Collector):
    """What answers are made with: the index in use and the language models."""

    def __init__(self, served_index: ServedIndex, models: ModelServers | None) -> None:
        self._served_index = served_index
        self._models = models

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is read while registering."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The index by version, or none; a model that failed too often is left alone for a while."""
        index = GaugeMetricFamily("policyqa_index_info", "在用的索引", labels=("version", "encoder"))
        if served := self._served_index.in_use:
            index.add_metric((served.version, served.index.manifest.encoder), 1)
        yield index
        if self._models:
            alone = GaugeMetricFamily("policyqa_model_left_alone", "语言模型连续出错,暂不再问", labels=("model",))
            for name, is_alone in self._models.left_alone().items():
                alone.add_metric((name,), is_alone)
            yield alone


def _families(figures: Figures) -> Iterator[GaugeMetricFamily]:
    shares = {
        "within_a_minute": ("一分钟内答复的比例", figures.share_within_a_minute),
        "accepted": ("判断过的答复中原样采纳的比例", figures.satisfaction),
    }
    for name, (meaning, share) in shares.items():
        if share is not None:
            yield GaugeMetricFamily(f"policyqa_{name}_share", f"近7天{meaning}", value=share)
    for label, counts in (("department", figures.by_department), ("source", figures.by_source)):
        exchanges = GaugeMetricFamily(f"policyqa_exchanges_by_{label}", "近7天问答数", labels=(label,))
        satisfaction = GaugeMetricFamily(f"policyqa_accepted_share_by_{label}", "近7天采纳的比例", labels=(label,))
        for name, count in counts.items():
            exchanges.add_metric((name,), count.exchanges)
            if count.decided:
                satisfaction.add_metric((name,), count.accepted / count.decided)
        yield exchanges
        yield satisfaction


async def _get_metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


MetricsDep = Annotated[Metrics, Depends(_get_metrics)]
"""The metrics, as a FastAPI dependency."""
