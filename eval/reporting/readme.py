"""The accuracy table of the README, drawn from the figures that are kept beside it."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from eval.reporting.report import Report
from eval.reporting.table import Cell, Row, Table
from eval.reporting.wording import title_of
from ingest.publication import write_atomically

FIGURES = Path("docs") / "evaluation.json"
READMES: Mapping[str, str] = {"README.md": "zh", "README.en.md": "en"}
_DATA: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "readme.toml").read_text(encoding="utf-8"))
_BLOCK = re.compile(r"(?<=<!-- accuracy -->\n).*?(?=<!-- /accuracy -->)", re.DOTALL)


def publish(report: Report, project: Path) -> None:
    """Keep the figures of a report in ``project``/docs, and draw the tables of both READMEs from them."""
    kept = asdict(report)
    for bulky in ("failures", "risk_coverage", "confusion", "changes"):
        del kept[bulky]
    write_atomically(project / FIGURES, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    for name, language in READMES.items():
        text = (project / name).read_text(encoding="utf-8")
        drawn = accuracy_table(project / FIGURES, language)
        write_atomically(project / name, _BLOCK.sub(lambda _, drawn=drawn: drawn, text))  # type: ignore[misc]  # bound


def accuracy_table(figures: Path, language: str) -> str:
    """The table in Markdown, with the line on what it is of."""
    kept = json.loads(figures.read_text(encoding="utf-8"))
    tables = TypeAdapter(tuple[Table, ...]).validate_python(kept["tables"])
    rows = {row.metric: (table, row) for table in tables for row in table.rows}
    systems = [name for name in _DATA["systems"] if name in kept["systems"]]
    head = _DATA["head"][language].format(at=kept["at"][:10], questions=kept["questions"], sets=len(kept["sets"]))
    lines = [head, "", f"| | n | {' | '.join(systems)} |", f"|---|{'---|' * (len(systems) + 1)}"]
    lines += (_line(*rows[metric], systems, language) for metric in _DATA["metrics"] if metric in rows)
    return "\n".join([*lines, "", ""])


def drawn_table(readme: Path) -> str:
    """The table that stands in a README."""
    found = _BLOCK.search(readme.read_text(encoding="utf-8"))
    return found[0] if found else ""


def _line(table: Table, row: Row, systems: list[str], language: str) -> str:
    title = title_of(row.metric) if language == "zh" else _DATA["english"].get(row.metric, row.metric)
    cells = dict(zip(table.systems, row.cells, strict=True))
    return f"| {title} | {row.n} | {' | '.join(_cells(cells, systems))} |"


def _cells(cells: Mapping[str, Cell | None], systems: list[str]) -> Iterator[str]:
    for name in systems:
        cell = cells[name]
        # The interval of every cell would drown the figures; docs/evaluation.json has them all.
        if cell is None:
            yield "–"
        elif name == systems[-1]:
            yield f"**{cell.mean:.3f}** [{cell.low:.2f}, {cell.high:.2f}]"
        else:
            yield f"{cell.mean:.3f}"
