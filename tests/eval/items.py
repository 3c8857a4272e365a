"""Questions and replies made up for tests, of which every value is known."""

from eval.dataset import Item
from eval.targets.reply import Cited, Reply
from rag.answer import Status

TAX, TRADE = "区税务局", "区商务委"
LEADS = {"M1": (TAX,), "M2": (TRADE,), "M3": (TAX, TRADE)}


def asked(*gold: str, id: str = "Q1", also_ok: tuple[str, ...] = (), status: Status | None = None) -> Item:  # noqa: A002 - the field's name
    """A question that is answered by ``gold``; without any, one that is not, or only in part by ``also_ok``."""
    follows: Status = "answered" if gold else "partial" if also_ok else "out_of_scope"
    return Item(
        id=id,
        set="set",
        kind="which_office",
        type="which_office",
        language="zh",
        question=f"{id}找谁?",
        gold=frozenset(gold),
        also_ok=frozenset(also_ok),
        lead=tuple(dict.fromkeys(name for key in gold for name in LEADS[key])),
        statuses=frozenset({status or follows}),
    )


def says(*keys: str, id: str = "Q1", status: Status | None = "answered", confidence: float = 0.9) -> Reply:  # noqa: A002 - the field's name
    """A reply that cites these sources and ranks the others behind them."""
    cited = tuple(Cited(key, LEADS.get(key, ())) for key in keys)
    return Reply(
        id=id,
        seconds=0.02,
        status=status,
        text="、".join(name for each in cited for name in each.lead),
        citations=cited,
        ranking=tuple(dict.fromkeys((*keys, *LEADS))),
        confidence=confidence,
    )


def refuses(id: str = "Q1", status: Status = "no_evidence") -> Reply:  # noqa: A002 - the field's name
    """A reply that cites nothing, whatever the search has found."""
    return Reply(id=id, seconds=0.02, status=status, text="通知里没有。", ranking=tuple(LEADS), confidence=0.05)
