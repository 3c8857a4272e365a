"""What a language model makes of real questions: how many answers it words, how many are replaced, how long it takes.

    python -m eval.language_model.generation [--most 60] [--sentences FILE]

Asks the model of the settings (POLICYQA_LLM_…) about questions of the evaluation sets, in the product's own way, and
checks that wording changes neither status nor citations. The sentences that passed the verifier can be written to a
file, a line each with what they cite, so that people can judge them.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.dataset import load_standalone
from ingest.index import open_index
from ingest.settings import load_settings
from rag.answer import Answer
from rag.chain import AnswerChain
from rag.generation.record import Generation
from rag.generation.writing import Writing, can_be_worded
from rag.model import needed_models
from rag.turn import AskRequest, Turn
from rag.verification import Verifier

QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class Worded:
    """One question with its composed and its generated answer."""

    question: str
    composed: Answer
    answer: Answer
    generation: Generation

    @property
    def is_unharmed(self) -> bool:
        """Whether everything of the composed answer is in the generated one, in order, and nothing else has changed."""
        prose = "".join(self.generation.sentences)
        kept = self.answer.text.replace(f"{prose}\n\n", "", 1) if prose else self.answer.text
        return kept == self.composed.text and (self.answer.status, self.answer.citations) == (
            self.composed.status,
            self.composed.citations,
        )


def sample(chain: AnswerChain, most: int) -> list[Turn]:
    """Questions of the evaluation sets that a model may word, of all sets and the same every time."""
    items = load_standalone()
    order = np.random.default_rng(0).permutation(len(items))
    found = (chain.find(AskRequest(items[at].question)) for at in order)
    wordable = (turn for turn in found if can_be_worded(turn))
    return [turn for turn, _ in zip(wordable, range(most), strict=False)]


async def word(chain: AnswerChain, verifier: Verifier, turns: Sequence[Turn]) -> list[Worded]:
    """Each worded by the model of the settings, one after the other. Raises SettingsError if none is set."""
    settings = load_settings()
    models = needed_models(settings)
    worded = []
    for turn in map(chain.word, turns):
        writing = Writing(models, verifier, settings.llm_deadline_s, turn)
        async for _ in writing.sentences():
            pass
        generation = writing.generation
        worded.append(Worded(turn.question.text, chain.finish(turn), chain.finish(turn, generation), generation))
    await models.aclose()
    return worded


def main() -> None:
    """Print the shares, the reasons and the times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=QUESTIONS)
    parser.add_argument("--sentences", type=Path)
    wanted = parser.parse_args()
    with closing(open_index(load_settings())) as index:
        chain = AnswerChain(index)
        verifier = Verifier(index.corpus.departments, index.encoder)
        worded = asyncio.run(word(chain, verifier, sample(chain, wanted.most)))
    _show(worded)
    if wanted.sentences:
        wanted.sentences.write_text("".join(map(_lines, worded)), encoding="utf-8")


def _show(worded: Sequence[Worded]) -> None:
    console, total = Console(), len(worded)
    outcomes = Counter(each.generation.outcome for each in worded)
    table = Table("结果", "答复", "占比", title=f"{total} 个问题,模型 {worded[0].generation.model or '未答'}")
    for outcome, count in outcomes.most_common():
        table.add_row(outcome, str(count), f"{count / total:.2f}")
    console.print(table)
    dropped = Counter({"shown": sum(len(each.generation.sentences) for each in worded)})
    for each in worded:
        dropped.update(each.generation.dropped)
    console.print("句子:" + "、".join(f"{reason} {count}" for reason, count in dropped.most_common()))
    seconds = np.array([each.generation.elapsed_ms / 1000 for each in worded])
    tokens = sum(each.generation.tokens for each in worded)
    console.print(f"用时:中位 {np.median(seconds):.1f} 秒,最长 {seconds.max():.1f} 秒;共 {tokens} 个 token")
    console.print(f"状态、出处和目录内容不变:{sum(each.is_unharmed for each in worded)}/{total}")


def _lines(worded: Worded) -> str:
    cited = [citation.id for citation in worded.answer.citations]
    return "".join(
        json.dumps({"question": worded.question, "cited": cited, "sentence": sentence}, ensure_ascii=False) + "\n"
        for sentence in worded.generation.sentences
    )


if __name__ == "__main__":
    main()
