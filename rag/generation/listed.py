"""What a language model lists, a line each: asked once, for so long, and done without if it does not come."""

import asyncio
import re

from langchain_core.messages import HumanMessage, SystemMessage

from ingest.errors import ModelUnavailable
from rag.generation.prompt import prompt
from rag.model import ModelServers

_MARKER = re.compile(r"^\s*(?:[-*•·]|[(（]?\d{1,2}(?:[、)）]|\.(?!\d)))\s*")
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]*)[”\"」]")


async def listed(models: ModelServers, task: str, told: str, max_tokens: int, within_s: float) -> list[str]:
    """The lines that a model writes on ``told`` for the prompt called ``task``, without markers and blank ones.

    None at all if it fails or has not ended within so many seconds.
    """
    messages = [SystemMessage(prompt(task).text), HumanMessage(told)]
    try:
        async with asyncio.timeout(within_s):
            said = await models.complete(messages, max_tokens)
    except (TimeoutError, ModelUnavailable):
        return []
    return lines_of(said)


def lines_of(text: str) -> list[str]:
    """The lines that are not blank, without markers of a list and quotation marks around them."""
    return [bare for line in text.splitlines() if (bare := _bare(line))]


def without_marker(line: str) -> str:
    """A line without the marker of a list before it; a decimal is none."""
    return _MARKER.sub("", line, count=1)


def _bare(line: str) -> str:
    line = without_marker(line).strip()
    quoted = _QUOTED.fullmatch(line)
    return quoted[1].strip() if quoted else line
