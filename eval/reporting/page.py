"""The report as one page to be read: a single file that needs nothing else, no network either."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.latency.scoring import QUANTILES
from eval.reporting import charts
from eval.reporting.comparison import SIGNIFICANT
from eval.reporting.report import Report
from eval.reporting.wording import title_of
from ingest.publication import write_atomically
from ingest.settings import Settings

_WORDS: Mapping[str, str] = {
    # How a question should be, or was, treated.
    "answered": "全答",
    "partial": "只答写了的部分",
    "refused": "拒答",
    "clarify": "反问",
    "no_evidence": "拒答:通知没有涉及",
    "out_of_scope": "拒答:不在收录范围",
    "chitchat": "没有具体诉求",
    "blocked": "拦下",
    # What is wrong.
    "failed": "没有答复",
    "status": "处理方式",
    "source": "出处",
    "lead": "牵头单位",
    "facts": "事实",
}
_TENTHS = tuple(tenth / 10 for tenth in range(1, 11))


def write_page(settings: Settings, report: Report) -> Path:
    """Put the page beside the report, in place of the last one."""
    path = settings.evaluation_report.with_suffix(".html")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, render(report))
    return path


def render(report: Report) -> str:
    """The whole page as HTML."""
    coverage, risk = report.risk_coverage.coverage, report.risk_coverage.risk
    return _ENVIRONMENT.get_template("report.html").render(
        report=report,
        at=datetime.fromisoformat(report.at),
        worse=[change for change in report.changes if change.is_worse],
        circles=charts.circles(report.reliability.bins),
        curve=charts.risk_curve(coverage, risk),
        risks=[(part, charts.risk_at(coverage, risk, part)) for part in _TENTHS] if coverage else [],
        bars=charts.bars(report.confusion.departments),
        timed=[
            (system, latency, charts.histogram(latency))
            for system, latency in zip(report.systems, report.latencies, strict=True)
            if latency
        ],
    )


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _interval(low: float, high: float) -> str:
    between = "~" if low >= 0 else " 至 "  # A minus after ~ would be hard to read.
    return f"{_number(low)}{between}{_number(high)}"


def _probability(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("eval.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "WIDTH": charts.WIDTH,
        "HEIGHT": charts.HEIGHT,
        "QUANTILES": QUANTILES,
        "SIGNIFICANT": SIGNIFICANT,
        "share_ticks": charts.share_ticks,
        "upright_ticks": charts.upright_ticks,
        "interval": _interval,
    }
    environment.filters |= {
        "number": _number,
        "probability": _probability,
        "milliseconds": _milliseconds,
        "percent": _percent,
        "title_of": title_of,
        "word": lambda name: _WORDS.get(name, name),
        "names": "、".join,
    }
    return environment


_ENVIRONMENT = _environment()
