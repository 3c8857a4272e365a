"""Opening targets by the names that people type."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from eval.dataset import TRAINING_DIR, load_items
from eval.targets.chain import FRAMEWORKS, PlainChain
from eval.targets.openai import ChatModel
from eval.targets.product import Product
from eval.targets.ranker import exact_ranker, other_fusions, plain_rankers, unadapted_rankers
from eval.targets.service import Service
from eval.targets.target import Target
from ingest.errors import TargetFailed
from ingest.index import Index, open_index
from ingest.progress import Progress
from ingest.settings import Settings

PRODUCT = Product.name
BARE = ("BM25", "+ adapter")
"""Parts of the product on the index in use."""

UNADAPTED = ("dense", "fusion", "+ bank")
"""Parts that need a second index, without the adapter."""

EXACT = "fp32"
"""Needs another index, in full precision."""

FITTED = ("RRF", "equal weights", "boosted trees")
NAMES = (*BARE, *UNADAPTED, EXACT, *FITTED, *FRAMEWORKS, PRODUCT)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How an outside target is reached: ``key`` and, for a chat model, its name and whether it sees the notice."""

    key: str | None = None
    model: str | None = None
    shows_notice: bool = True


@contextmanager
def opened(
    names: Sequence[str], endpoint: Endpoint, settings: Settings, progress: Progress
) -> Iterator[tuple[Index, Sequence[Target]]]:
    """The index in use and the targets of these names, in their order.

    An address is a service, or a chat model if the endpoint names one.

    Raises TargetFailed for a name that is none, or a framework that is not installed; IndexUnavailable.
    """
    with ExitStack() as stack:
        index = stack.enter_context(closing(open_index(settings)))
        found: dict[str, Target] = {PRODUCT: Product(index)}
        found |= {each.name: each for each in plain_rankers(index)}
        training = load_items(TRAINING_DIR) if {*UNADAPTED, *FITTED} & set(names) else []
        if set(FITTED) & set(names):
            found |= {each.name: each for each in other_fusions(index, training)}
        if {*UNADAPTED, EXACT} & set(names):
            # Torch and peft take seconds to import, which an evaluation without these parts does without.
            from eval.variants.encoders import in_full_precision, without_adapter

            if set(UNADAPTED) & set(names):
                unadapted = stack.enter_context(closing(without_adapter(settings, progress)))
                found |= {each.name: each for each in unadapted_rankers(unadapted, training)}
            if EXACT in names:
                found[EXACT] = exact_ranker(stack.enter_context(closing(in_full_precision(settings, progress))))
        found |= {name: PlainChain(name, settings) for name in names if name in FRAMEWORKS}
        for url in (name for name in names if name.startswith(("http://", "https://"))):
            found[url] = (
                ChatModel(url, endpoint.model, endpoint.key, index.corpus, shows_notice=endpoint.shows_notice)
                if endpoint.model
                else Service(url, endpoint.key)
            )
        if unknown := [name for name in names if name not in found]:
            raise TargetFailed(f"没有名为 {'、'.join(unknown)} 的评测对象。", f"可填 {'、'.join(NAMES)} 或一个网址。")
        targets = [found[name] for name in names]
        for target in targets:
            stack.callback(target.close)
        yield index, targets
