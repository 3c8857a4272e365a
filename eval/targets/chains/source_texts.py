"""What all chains have in common: the texts they search, and what they find."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from ingest.corpus import load_corpus
from ingest.encoder import packaged_model_dir
from ingest.errors import TargetFailed
from ingest.settings import Settings

NEAREST = 5
QUERY, PASSAGE = "query: ", "passage: "
"""What the weights expect before a question and before a text."""


class Found(TypedDict):
    """The metadata of a text that was found: its source's key (M12), and who leads it, joined by 、."""

    key: str
    lead: str


Chain = Callable[[str], Sequence[Found]]
"""What a question finds, nearest first."""


def model_folder(settings: Settings) -> str:
    """The packaged weights, as a sentence-transformers model."""
    return str(packaged_model_dir(settings))


def source_texts(settings: Settings) -> list[tuple[str, Found]]:
    """The text and the metadata of every measure and item. Raises TargetFailed if there are several notices."""
    entry, *others = load_corpus(settings.corpus_dir).notices
    if others:
        raise TargetFailed("这几个框架的检索链只认一份通知,现在收录了几份。", "请用 --target 选别的对象。")
    return [
        (f"{source.title}。{source.text}", Found(key=source.key, lead="、".join(source.lead)))
        for source in (*entry.notice.measures, *entry.notice.municipal_items)
    ]
