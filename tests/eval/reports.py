"""Reports whose figures are known: of questions and responses made up for the purpose."""

from collections.abc import Sequence

from eval.dataset import Item
from eval.metrics import Pair
from eval.report import Report, make_report
from eval.systems import Response
from ingest.index.manifest import FORMAT, Manifest
from rag.answer import Status

TAX, TRADE = "区税务局", "区商务委"
LEADS = {"M1": (TAX,), "M2": (TRADE,), "M3": (TAX, TRADE)}
MANIFEST = Manifest(FORMAT, "v1", "encoder", {}, {}, {})


def asked(gold: str, *, of: str = "owners") -> Item:
    """A question that is answered by ``gold``."""
    return Item(f"{of}-{gold}", of, "which_office", "zh", "找谁?", True, frozenset({gold}), frozenset(), LEADS[gold])


def unanswerable(also_ok: frozenset[str] = frozenset()) -> Item:
    """A question that the notice does not answer, or only in part."""
    return Item("R1", "refusals", "unanswerable", "zh", "几点关门?", False, frozenset(), also_ok, ())


def says(key: str, status: Status = "answered", confidence: float = 0.95) -> Response:
    """An answer from the source ``key``."""
    others = tuple(each for each in LEADS if each != key)
    return Response((key, *others), LEADS[key], status, confidence, (key,))


def refuses(status: Status = "no_evidence") -> Response:
    """No answer: nothing is cited, whatever the search has found."""
    return Response(tuple(LEADS), (), status, 0.05)


def report_of(product: Sequence[Pair]) -> Report:
    """The report on a product that said this, beside a ranker that puts M1 first whatever is asked."""
    plain = [(item, Response(tuple(LEADS), LEADS["M1"])) for item, _ in product]
    return make_report(MANIFEST, {"plain": plain, "product": product}, {"other": plain}, None)
