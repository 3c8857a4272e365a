"""The last evaluation as a file: the figures of every system, and where the product goes wrong."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from eval.calibration import Bin, expected_calibration_error, reliability
from eval.comparison import Comparison, Results, breakdown, compare
from eval.confusion import Confusion, confusion
from eval.failures import Failure, failures
from eval.metrics import Figure, Pair
from ingest.index.manifest import Manifest
from ingest.publication import write_atomically
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Reliability:
    """The expected calibration error of the product, and the bins it is made of."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One evaluation. ``at`` is ISO 8601 with zone; ``systems`` are those of the ablation, the product last.

    ``quick``: the systems that need a second index or a fit were left out. ``int8_agreement``: the share of questions
    for which the index and one in full precision put the same source first; None if quick.
    """

    at: str
    index_version: str
    encoder: str
    questions: int
    quick: bool
    systems: tuple[str, ...]
    tables: tuple[Comparison, ...]
    int8_agreement: Figure | None
    reliability: Reliability
    confusion: Confusion
    failures: tuple[Failure, ...]


def make_report(manifest: Manifest, ablated: Results, fused: Results, int8_agreement: Figure | None) -> Report:
    """The figures that follow from what the systems made of the questions; the last of ``ablated`` is the product."""
    *_, product = ablated.values()
    return Report(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        index_version=manifest.version,
        encoder=manifest.encoder,
        questions=len(product),
        quick=int8_agreement is None,
        systems=tuple(ablated),
        tables=(*breakdown(ablated), compare("同样的证据,别的融合法", fused)),
        int8_agreement=int8_agreement,
        reliability=_reliability(product),
        confusion=confusion(product),
        failures=failures(product),
    )


def write_report(settings: Settings, report: Report) -> None:
    """Put the report in place of the last one."""
    settings.evaluation_report.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(settings.evaluation_report, json.dumps(asdict(report), ensure_ascii=False, indent=1))


def _reliability(pairs: Sequence[Pair]) -> Reliability:
    bins = reliability(pairs)
    return Reliability(expected_calibration_error(bins), tuple(bins))
