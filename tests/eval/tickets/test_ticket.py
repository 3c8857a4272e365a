"""The hotline's sets: well-formed, and none of their tickets is trained on."""

from eval.dataset import TRAINING_DIR, rows
from eval.tickets.masking import PRIVATE_DIR
from eval.tickets.ticket import load_tickets
from ingest.corpus import CorpusNotice


def test_spans_and_personal_data_are_verbatim_and_sources_exist(hongkou: CorpusNotice) -> None:
    tickets = list(load_tickets())
    assert len(tickets) == 150
    for ticket in tickets:
        assert all(piece in ticket.text for piece in ticket.private)
        for demand in ticket.demands:
            assert demand.span in ticket.text
            assert demand.fitting <= hongkou.by_key.keys()
            assert bool(demand.gold) == (demand.status != "outside")


def test_no_evaluated_text_is_trained_on() -> None:
    trained = {row["text"] for row in rows(TRAINING_DIR / "hotline")}
    evaluated = {ticket.text for ticket in load_tickets()} | {row["text"] for row in rows(PRIVATE_DIR)}
    assert not trained & evaluated
