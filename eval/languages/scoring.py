"""Questions in other languages and scripts, by language."""

from collections.abc import Sequence

from eval.scores import Pair, Scores, first_fits, says, score_each
from ingest.corpus import Corpus

PLAIN = "zh"


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """For each language, the first source; over all, whether the leads are named as printed."""
    foreign = [pair for pair in pairs if pair[0].language != PLAIN and pair[1].status is not None]
    scores: dict[str, Scores] = {
        language: score_each(
            (pair for pair in foreign if pair[0].language == language),
            {f"first source, {language}": (lambda pair: bool(pair[0].gold), first_fits)},
        )
        for language in sorted({item.language for item, _ in foreign})
    }
    named = score_each(
        foreign,
        {
            "lead named as printed": (
                lambda pair: bool(pair[0].lead) and pair[0].answerable,
                lambda item, reply: all(says(reply.text, [name]) for name in item.lead),
            )
        },
    )
    return {name: values for each in (*scores.values(), named) for name, values in each.items()}
