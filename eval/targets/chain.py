"""A plain chain of another framework as a target."""

import time
from importlib import import_module

from eval.dataset import Item
from eval.targets.chains.source_texts import Chain
from eval.targets.reply import Cited, Reply
from ingest.errors import TargetFailed
from ingest.settings import Settings

FRAMEWORKS = {"LangChain": "langchain", "LlamaIndex": "llama_index", "Haystack": "haystack"}
"""By name, the module of eval/targets/chains."""


class PlainChain:
    """The chain of one framework: shows the nearest text, and cannot say no."""

    def __init__(self, name: str, settings: Settings) -> None:
        """Raises TargetFailed if the framework is not installed."""
        self.name = name
        try:
            self._find: Chain = import_module(f"eval.targets.chains.{FRAMEWORKS[name]}").create_chain(settings)
        except ImportError as error:
            raise TargetFailed(f"没有安装 {name}。", "请运行 pip install 'policy-qa[peers]'。") from error

    def ask(self, item: Item) -> Reply:
        """What the question alone finds."""
        started = time.perf_counter()
        found = self._find(item.question)
        seconds = time.perf_counter() - started
        first = found[0]
        return Reply(
            id=item.id,
            seconds=seconds,
            citations=(Cited(first["key"], tuple(first["lead"].split("、"))),),
            ranking=tuple(each["key"] for each in found),
        )

    def close(self) -> None:
        """Nothing: the chain goes with the process."""
