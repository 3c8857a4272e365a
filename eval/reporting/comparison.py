"""Two runs on the same questions: what became better, what worse, and whether it is chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.reporting.wording import Better, better, is_of_machine, title_of
from eval.statistics.significance import difference

SIGNIFICANT = 0.01
"""With some fifty metrics at 0.05, two or three would differ by chance alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in both runs over the ``n`` questions that both were asked; ``low`` and ``high`` bound the change (95%).

    ``p``: two-sided, by paired permutation.
    """

    metric: str
    title: str
    better: Better
    n: int
    before: float
    after: float
    low: float
    high: float
    p: float

    @property
    def is_worse(self) -> bool:
        """Whether it became worse, and not by chance."""
        fell = self.after < self.before if self.better == "higher" else self.after > self.before
        return fell and self.p < SIGNIFICANT and not is_of_machine(self.metric)


def changes(before: Mapping[str, Mapping[str, float]], after: Mapping[str, Mapping[str, float]]) -> tuple[Change, ...]:
    """Every metric that both have values of."""
    found = []
    for metric in (name for name in after if name in before):
        old, new = before[metric], after[metric]
        if shared := old.keys() & new.keys():
            drawn = difference(old, new)
            mean_before, mean_after = (sum(values[key] for key in shared) / len(shared) for values in (old, new))
            found.append(
                Change(
                    metric=metric,
                    title=title_of(metric),
                    better=better(metric),
                    n=len(shared),
                    before=mean_before,
                    after=mean_after,
                    low=drawn.mean.low,
                    high=drawn.mean.high,
                    p=drawn.p,
                )
            )
    return tuple(found)
