"""The values of every metric and question as CSV: what a spreadsheet opens, and what later runs are compared with."""

import csv
from collections import defaultdict
from pathlib import Path

from eval.scores import Scores
from eval.things import ScoredRun
from ingest.errors import UnknownRun

FILE = "scores.csv"
_HEADER = ("thing", "metric", "item", "value")


def write_scores(folder: Path, run: ScoredRun) -> None:
    """Write the values of a run into its folder."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for thing, scores in run.scores.items():
            for metric, values in scores.items():
                writer.writerows((thing, metric, item, f"{value:g}") for item, value in values.items())


def read_scores(folder: Path) -> Scores:
    """The values of a run by metric and item id. Raises UnknownRun if it was not scored."""
    scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
    try:
        with (folder / FILE).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                scores[row["metric"]][row["item"]] = float(row["value"])
    except (OSError, KeyError, ValueError) as error:
        raise UnknownRun(folder) from error
    return scores
