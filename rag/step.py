"""Links of the retrieval chain: LangChain Runnables without the cost of RunnableLambda.

RunnableLambda and RunnableBranch read signatures and set up callbacks at every call: over a dozen links that was a
tenth of the time of an answer. What is chained with ``|`` is traced by LangChain as ever, as one run.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from langchain_core.runnables import Runnable, RunnableConfig

from rag.spans import span

Input = TypeVar("Input")
Output = TypeVar("Output")


class Step(Runnable[Input, Output]):
    """A function as a link of a chain."""

    def __init__(self, function: Callable[[Input], Output], name: str | None = None) -> None:
        self._function = function
        self.name = name

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Output:  # noqa: A002, ANN401 - as in the base class
        """Call the function; a step with a name is a span."""
        if self.name is None:
            return self._function(input)
        with span(self.name):
            return self._function(input)


class Route(Runnable[Input, Output]):
    """The first way whose condition holds, else the last one."""

    def __init__(
        self,
        ways: Sequence[tuple[Callable[[Input], bool], Runnable[Input, Output]]],
        otherwise: Runnable[Input, Output],
    ) -> None:
        self._ways = ways
        self._otherwise = otherwise

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Output:  # noqa: A002, ANN401 - as in the base class
        """Go that way."""
        way = next((way for holds, way in self._ways if holds(input)), self._otherwise)
        return way.invoke(input, config)
