"""The words of the report for what is measured, and which way is good."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

Better = Literal["higher", "lower"]
_DATA: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "metrics.toml").read_text(encoding="utf-8"))


def title_of(metric: str) -> str:
    """A metric in words; its own name where there are none."""
    title: str = _DATA["titles"].get(metric, metric)
    return title


def title_of_thing(thing: str) -> str:
    """A measured thing in words."""
    title: str = _DATA["things"][thing]
    return title


def is_of_machine(metric: str) -> bool:
    """Whether a metric depends on the machine as much as on the target."""
    return metric in _DATA["machine"]["metrics"]


def better(metric: str) -> Better:
    """Which way is good."""
    return "lower" if metric in _DATA["better"]["lower"] else "higher"
