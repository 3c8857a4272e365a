"""Adapting the encoder to the job: a LoRA adapter, fine-tuned on the question bank with in-batch negatives.

    policyqa train

Pairs are question → sentence of its source and question → question of another writer, in turn. Every batch holds
each source at most once, so that all others in it, near measures included, are true negatives.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import save_file
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from transformers import PreTrainedModel

from ingest.corpus import CorpusNotice
from ingest.encoder import PASSAGE_PROMPT, QUERY_PROMPT
from ingest.model import bert_of, packaged_transformer
from ingest.progress import Progress, track

BASE_MODEL = "multilingual-e5-small"
_LAYERS = ("query", "key", "value", "attention.output.dense", "intermediate.dense")
_MAX_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the adapter is trained; the defaults made the one in the repository, in 15 minutes on 2 cores."""

    steps: int = 130
    batch: int = 38
    rank: int = 16
    learning_rate: float = 5e-4
    warm_up: int = 15
    seed: int = 0


def train_adapter(
    entry: CorpusNotice, target: Path, schedule: Schedule, progress: Progress, held_out: frozenset[str] = frozenset()
) -> None:
    """Train on one notice's bank and write the adapter into ``target``. Sources in ``held_out`` are never seen."""
    torch.manual_seed(schedule.seed)
    model = packaged_transformer()
    config = LoraConfig(r=schedule.rank, lora_alpha=2 * schedule.rank, target_modules=list(_LAYERS), lora_dropout=0.0)
    bert = bert_of(model)
    bert.add_adapter(config)
    loss = MultipleNegativesRankingLoss(model)
    optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=schedule.learning_rate)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(schedule))
    model.train()
    batches = list(_batches(entry, schedule, held_out))
    for anchors, positives in track(batches, "训练适配器", progress):
        features = [model.preprocess(anchors), model.preprocess(positives)]
        loss(features, torch.zeros(len(anchors))).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
    _save(bert, config, target)


def _save(bert: PreTrainedModel, config: LoraConfig, target: Path) -> None:
    """Write the adapter in peft's own format; embeddings are left out, so that peft need not look up the base model."""
    config.base_model_name_or_path = BASE_MODEL
    config.inference_mode = True
    config.save_pretrained(str(target))
    state = get_peft_model_state_dict(bert, save_embedding_layers=False)
    named = {f"base_model.model.{name}": tensor.contiguous() for name, tensor in state.items()}
    save_file(named, target / "adapter_model.safetensors")


def _slope(schedule: Schedule) -> Callable[[int], float]:
    """Linear warm-up, then linear decay to zero."""
    return lambda step: min((step + 1) / schedule.warm_up, (schedule.steps - step) / schedule.steps)


def _batches(
    entry: CorpusNotice, schedule: Schedule, held_out: frozenset[str]
) -> Iterator[tuple[list[str], list[str]]]:
    chance = random.Random(schedule.seed)  # noqa: S311 - reproducible, not secret
    bank = _by_source_and_writer(entry, held_out)
    order: list[str] = []
    for step in range(schedule.steps):
        if len(order) < schedule.batch:
            order = chance.sample(sorted(bank), len(bank))
        keys, order = order[: schedule.batch], order[schedule.batch :]
        pairs = [_pair(chance, entry, key, bank[key], to_sentence=step % 2 == 0) for key in keys]
        yield [anchor for anchor, _ in pairs], [positive for _, positive in pairs]


def _pair(
    chance: random.Random, entry: CorpusNotice, key: str, writers: dict[str, list[str]], *, to_sentence: bool
) -> tuple[str, str]:
    writer = chance.choice(sorted(writers))
    anchor = QUERY_PROMPT + chance.choice(writers[writer])
    if to_sentence:
        source = entry.source(key)
        return anchor, f"{PASSAGE_PROMPT}{source.title}。{chance.choice(source.sentences)[:_MAX_SENTENCE]}"
    others: Sequence[str] = [other for other in sorted(writers) if other != writer] or [writer]
    return anchor, QUERY_PROMPT + chance.choice(writers[chance.choice(others)])


def _by_source_and_writer(entry: CorpusNotice, held_out: frozenset[str]) -> dict[str, dict[str, list[str]]]:
    bank: dict[str, dict[str, list[str]]] = {}
    for banked in entry.questions:
        if banked.source not in held_out:
            bank.setdefault(banked.source, {}).setdefault(banked.origin, []).append(banked.question)
    return bank
