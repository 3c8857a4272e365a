"""What the live uses of a language model are worth, with the model of the settings and in the time callers give it.

    python -m eval.language_model.uses queries|demands [--most N]

queries: the questions of eval/sets, found directly and, where that is not clear, once more with the model's queries.
demands: the tickets of eval/sets/tickets, with and without the model's excerpts. At most N questions or tickets are
put to it; of the others only all questions together tell.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from eval.dataset import Item, load_standalone
from eval.statistics.figure import figure
from eval.targets.product import ticket_reply
from eval.targets.reply import TicketReply
from eval.tickets import scoring
from eval.tickets.ticket import Ticket, load_tickets
from ingest.errors import SettingsError
from ingest.index import Index, open_index
from ingest.settings import Settings, load_settings
from rag.assist import AssistChain
from rag.chain import AnswerChain
from rag.generation.demands import demand_excerpts
from rag.generation.queries import DEADLINE_SHARE, search_queries
from rag.model import ModelServers, open_models
from rag.privacy import mask
from rag.turn import AskRequest, Turn

Outcomes = Mapping[str, Sequence[bool]]
"""By name of the figure, what was right; in the same order with and without the model."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A use compared with doing without; for each time the model was asked, the wait in seconds, and if it helped."""

    without: Outcomes
    used: Outcomes
    waits_s: Sequence[float]
    came: Sequence[bool]

    def table(self) -> Table:
        """Every figure both ways, over how many, and how many of them changed for better and for worse."""
        longest = max(self.waits_s, default=0.0)
        mean = sum(self.waits_s) / max(len(self.waits_s), 1)
        asked = f"asked {len(self.came)} times, {sum(self.came)} with an answer; {mean:.2f} s, at most {longest:.2f} s"
        table = Table("figure", "without", "with", "n", "better", "worse", title=asked)
        for name, before in self.without.items():
            after = self.used[name]
            pairs = list(zip(before, after, strict=True))
            shares = (f"{each.mean:.3f} [{each.low:.2f}, {each.high:.2f}]" for each in map(figure, (before, after)))
            better, worse = pairs.count((False, True)), pairs.count((True, False))
            table.add_row(name, *shares, str(len(pairs)), str(better), str(worse))
        return table


async def effect_of_queries(
    models: ModelServers, index: Index, within_s: float, items: Sequence[Item], most: int
) -> Effect:
    """First source and status, over all questions and over those that were put to the model."""
    chain = AnswerChain(index)
    direct: list[Turn] = []
    used: list[Turn] = []
    asked: list[Item] = []
    came: list[bool] = []
    waits: list[float] = []
    for item in items:
        request = AskRequest(item.question)
        direct.append(turn := chain.find(request))
        if turn.is_unclear and len(asked) < most:
            started = time.perf_counter()
            queries = await search_queries(models, turn.question.text, within_s)
            waits.append(time.perf_counter() - started)
            asked.append(item)
            came.append(bool(queries))
            turn = chain.find(replace(request, queries=queries)) if queries else turn
        used.append(turn)
    without, with_queries = (_question_outcomes(items, turns, asked) for turns in (direct, used))
    return Effect(without, with_queries, waits, came)


async def effect_of_demands(models: ModelServers, index: Index, within_s: float, tickets: Sequence[Ticket]) -> Effect:
    """The figures of eval/tickets."""
    chain = AssistChain(AnswerChain(index), index.corpus)
    excerpts: dict[str, tuple[str, ...]] = {}
    waits: list[float] = []
    for text in (ticket.text for ticket in tickets):
        masked, started = mask(text), time.perf_counter()
        excerpts[text] = await demand_excerpts(models, masked, within_s)
        waits.append(time.perf_counter() - started)
    without = _ticket_outcomes([(ticket, ticket_reply(chain, ticket)) for ticket in tickets])
    used = _ticket_outcomes([(ticket, ticket_reply(chain, ticket, excerpts[ticket.text])) for ticket in tickets])
    return Effect(without, used, waits, [bool(excerpts[ticket.text]) for ticket in tickets])


def _ticket_outcomes(pairs: Sequence[tuple[Ticket, TicketReply]]) -> Outcomes:
    return {name: [bool(value) for value in values.values()] for name, values in scoring.score(pairs).items()}


def _question_outcomes(items: Sequence[Item], turns: Sequence[Turn], asked: Sequence[Item]) -> Outcomes:
    noted: dict[str, list[bool]] = {}
    for item, turn in zip(items, turns, strict=True):
        found = [each.source.key for each in turn.citations] or [each.source.key for each in turn.candidates]
        for which in ("all questions", "put to the model")[: 2 if item in asked else 1]:
            if item.gold:
                noted.setdefault(f"first source right, {which}", []).append(found[:1] != [] and found[0] in item.gold)
            noted.setdefault(f"status right, {which}", []).append(item.is_right(turn.status))
    return dict(sorted(noted.items()))


async def _measure(use: Literal["queries", "demands"], most: int, settings: Settings) -> Effect:
    models = open_models(settings)
    if models is None:
        raise SettingsError(
            "没有设置语言模型。", "请设 POLICYQA_LLM_BASE_URL 和 POLICYQA_LLM_MODEL,或 POLICYQA_LLM_GGUF。"
        )
    with closing(open_index(settings)) as index:
        if use == "demands":
            return await effect_of_demands(models, index, settings.llm_deadline_s, list(load_tickets())[:most])
        within_s = settings.llm_deadline_s * DEADLINE_SHARE
        return await effect_of_queries(models, index, within_s, load_standalone(), most)


def main(
    use: Annotated[Literal["queries", "demands"], typer.Argument()],
    most: Annotated[int, typer.Option(min=1)] = 10_000,
) -> None:
    """Print the table."""
    Console().print(asyncio.run(_measure(use, most, load_settings())).table())


if __name__ == "__main__":
    typer.run(main)
