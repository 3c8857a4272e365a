"""Which segments are merged: every question goes to each, so there shall be few; a large one is dear to rebuild."""

from collections.abc import Mapping

HANDFUL = 6
"""As many segments may stand side by side. Each is two searches of a millisecond or two for every question."""

_ALIKE = 2
"""A segment joins those that are merged if it is at most so many times as large as they are together.

So each merge at least makes half as large again what it rebuilds, and a notice is moved only as often as the corpus
doubles or so.
"""


def to_merge(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The segments to be made one, the largest first; none while there are few. ``sizes`` are passages by segment."""
    if len(sizes) <= HANDFUL:
        return ()
    ascending = sorted(sizes, key=lambda name: (sizes[name], name))
    merged = ascending[:2]
    for name in ascending[2:]:
        if sizes[name] > _ALIKE * sum(sizes[each] for each in merged):
            break
        merged.append(name)
    return tuple(reversed(merged))
