"""The hotline's sets: well-formed, and none of their tickets is trained on."""

import json

from eval.dataset import TRAINING_DIR
from eval.hotline import PRIVATE_DIR, TICKETS_DIR, rows
from ingest.corpus import CorpusNotice


def test_spans_and_personal_data_are_verbatim_and_sources_exist(hongkou: CorpusNotice) -> None:
    tickets = rows(TICKETS_DIR)
    assert tickets
    for ticket in tickets:
        assert all(piece in ticket["text"] for piece in ticket["private"])
        for demand in ticket["demands"]:
            assert demand["span"] in ticket["text"]
            assert all(key in hongkou.by_key for key in (*demand["gold"], *demand["also_ok"]))
            assert bool(demand["gold"]) == (demand["status"] != "outside")


def test_no_evaluated_text_is_trained_on() -> None:
    trained = {
        json.loads(line)["text"]
        for path in (TRAINING_DIR / "hotline").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    evaluated = {row["text"] for folder in (TICKETS_DIR, PRIVATE_DIR) for row in rows(folder)}
    assert not trained & evaluated
