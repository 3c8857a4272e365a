"""What the body and the responsibility annex print differently about the same measure."""

from collections.abc import Iterator

from ingest.notice import Discrepancy, DiscrepancyField, split_sentences
from ingest.strict.annex import Row
from ingest.strict.responsibility import Responsibility

ANNEX_LEAD_LABEL = "牵头单位"


def compare(title: str, text: str, body: Responsibility, row: Row) -> Iterator[Discrepancy]:
    """Yield every field in which the body's measure differs from its annex row.

    Text is compared sentence by sentence and only the differing sentences are quoted; departments are
    compared as printed, in order.
    """
    lead, cooperating = (*row.columns, (), ())[:2]
    if title != row.title:
        yield Discrepancy("title", title, row.title)
    if text != row.text:
        yield _text_difference(text, row.text)
    fields: tuple[tuple[DiscrepancyField, tuple[str, ...], tuple[str, ...]], ...] = (
        ("lead", body.lead or body.responsible, lead),
        ("cooperating", body.cooperating, cooperating),
    )
    for field, printed, annexed in fields:
        if printed != annexed:
            yield Discrepancy(field, "、".join(printed), "、".join(annexed))
    if body.lead_label != ANNEX_LEAD_LABEL:
        yield Discrepancy("label", body.lead_label, ANNEX_LEAD_LABEL)


def _text_difference(body: str, annex: str) -> Discrepancy:
    body_sentences, annex_sentences = split_sentences(body), split_sentences(annex)
    return Discrepancy(
        "text",
        "".join(sentence for sentence in body_sentences if sentence not in annex_sentences),
        "".join(sentence for sentence in annex_sentences if sentence not in body_sentences),
    )
