"""An evaluation as one file: the figures of every target, and where the product goes wrong."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError

from eval.confidence.reliability import Bin, expected_calibration_error, reliability
from eval.confidence.risk import area_under_risk, risk_coverage
from eval.confidence.scoring import stated_and_right
from eval.latency.scoring import Latency, latency
from eval.reporting.comparison import Change
from eval.reporting.failures import Failure, failures
from eval.reporting.table import Runs, Table, breakdown, tables
from eval.routing.confusion import Confusion, confusion
from eval.scores import Pair
from eval.things import ScoredRun
from ingest.errors import EvaluationUnreadable, NoEvaluation
from ingest.publication import write_atomically
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Reliability:
    """The expected calibration error, and the bins it is made of."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Share of wrong first sources among the surest share of the questions, point by point, and the area below."""

    area: float
    coverage: tuple[float, ...]
    risk: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One evaluation. ``at`` is ISO 8601 with zone; ``data`` which questions they are, ``sets`` the files.

    ``systems`` in the order of the columns, of which the last is the one looked at more closely: ``breakdown``,
    ``reliability``, ``risk_coverage``, ``confusion``, ``failures`` and ``changes`` since its last run are of it.
    """

    at: str
    index_version: str
    encoder: str
    data: str
    sets: tuple[str, ...]
    questions: int
    systems: tuple[str, ...]
    tables: tuple[Table, ...]
    breakdown: tuple[Table, ...]
    reliability: Reliability
    risk_coverage: RiskCoverage
    confusion: Confusion
    latencies: tuple[Latency | None, ...]
    changes: tuple[Change, ...]
    failures: tuple[Failure, ...]


def make_report(runs: Runs, data: str, changes: Sequence[Change] = ()) -> Report:
    """What follows from the scored runs; the last one is looked at more closely."""
    *_, closest = runs.values()
    return Report(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        index_version=closest.info.index_version,
        encoder=closest.info.encoder,
        data=data,
        sets=tuple(sorted({item.set for item, _ in closest.pairs})),
        questions=len(closest.pairs),
        systems=tuple(runs),
        tables=tuple(tables(runs)),
        breakdown=tuple(breakdown(closest.pairs)),
        reliability=_reliability(closest.pairs),
        risk_coverage=_risk_coverage(closest.pairs),
        confusion=confusion(closest.pairs),
        latencies=tuple(map(_latency, runs.values())),
        changes=tuple(changes),
        failures=tuple(failures(closest.pairs)),
    )


def write_report(settings: Settings, report: Report) -> None:
    """Put the report in place of the last one."""
    settings.evaluation_report.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(settings.evaluation_report, json.dumps(asdict(report), ensure_ascii=False, indent=1))


def load_report(settings: Settings) -> Report:
    """The last report. Raises NoEvaluation, or EvaluationUnreadable."""
    try:
        return TypeAdapter(Report).validate_json(settings.evaluation_report.read_bytes())
    except FileNotFoundError as error:
        raise NoEvaluation from error
    except (OSError, ValidationError) as error:
        raise EvaluationUnreadable from error


def _reliability(pairs: Sequence[Pair]) -> Reliability:
    stated, right = stated_and_right(pairs)
    if not len(stated):
        return Reliability(0.0, ())
    return Reliability(expected_calibration_error(stated, right), tuple(reliability(stated, right)))


def _risk_coverage(pairs: Sequence[Pair]) -> RiskCoverage:
    stated, right = stated_and_right(pairs)
    if not len(stated):
        return RiskCoverage(0.0, (), ())
    coverage, risk = risk_coverage(stated, right)
    return RiskCoverage(area_under_risk(stated, right), tuple(map(float, coverage)), tuple(map(float, risk)))


def _latency(run: ScoredRun) -> Latency | None:
    seconds = list(run.values["seconds"].values())
    return latency(seconds) if seconds else None
