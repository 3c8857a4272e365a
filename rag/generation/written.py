"""What a language model writes on a task for people to review: all of it, however long it takes."""

from dataclasses import dataclass

from langchain_core.messages import HumanMessage, SystemMessage

from rag.generation.listed import lines_of
from rag.generation.prompt import prompt
from rag.model import ModelServers


@dataclass(frozen=True, slots=True)
class Written:
    """The lines that are not blank, without markers of a list and quotation marks around them; the model."""

    lines: tuple[str, ...]
    model: str


async def written(models: ModelServers, task: str, told: str, max_tokens: int) -> Written:
    """What the first model that speaks writes on ``told`` for the prompt called ``task``. Raises ModelUnavailable."""
    messages = [SystemMessage(prompt(task).text), HumanMessage(told)]
    pieces = [piece async for piece in models.stream(messages, max_tokens)]
    text = "".join(piece.text for piece in pieces)
    return Written(tuple(lines_of(text)), pieces[-1].model)
