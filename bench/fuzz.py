"""Damaged notices of every format, read and parsed: each must end in a catalogue or in an error that says why.

    python -m bench.fuzz [INPUTS [FIRST]]

Bytes of four formats are injured, and the lines and words of notices are changed; every input is read and parsed in
one of two worker processes. Counted are catalogues, errors by class, and anything else, which must not occur; and
how much processor time the slowest input took, and how large a worker, or the process that reads a PDF, became. FIRST
is the seed to begin with, 0 if none is given.
"""

import multiprocessing
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from rich.console import Console
from rich.table import Table

from eval.dataset import SETS_DIR
from ingest.document import read_document
from ingest.errors import PolicyQAError
from ingest.parser import parse
from ingest.settings import load_settings
from tests.ingest.document.mutations import damaged, rewritten
from tests.ingest.document.same_notice import blocks_of
from tests.ingest.document.writing import FILE, GAZETTE, write_docx, write_html, write_pdf

INPUTS = 10_000
WORKERS = 2
SECONDS = 5.0
MEGABYTES = 500
# A PDF costs a process each, so it comes once in ten.
KINDS = ("text", "txt", "html", "docx", "text", "txt", "html", "docx", "text", "pdf")
CATALOGUE = "catalogue"


class HangError(BaseException):
    """An input took longer than it may."""


@dataclass(frozen=True)
class Outcome:
    """What one input came to, in how many seconds of processor time and by the clock.

    ``megabytes`` and ``child_megabytes`` are the most that the worker and the processes of PDFs had had by then.
    """

    seed: int
    kind: str
    result: str
    seconds: float
    clock: float
    megabytes: float
    child_megabytes: float


_samples: dict[str, list[bytes]] = {}


def main() -> None:
    """Run the inputs and print what they came to."""
    inputs, first = (*map(int, sys.argv[1:]), *(INPUTS, 0)[len(sys.argv) - 1 :])
    with TemporaryDirectory() as folder:
        samples = _written(Path(folder))
        with multiprocessing.get_context("spawn").Pool(WORKERS, _prepare, (samples,)) as pool:
            outcomes = list(pool.imap_unordered(_run, range(first, first + inputs), chunksize=20))
    _print(outcomes)
    failed = [each for each in outcomes if _is_failure(each)]
    for each in failed[:20]:
        print(f"seed {each.seed} ({each.kind}): {each.result}, {each.seconds:.1f} s, {each.megabytes:.0f} MB")
    sys.exit(bool(failed))


def _written(folder: Path) -> dict[str, list[bytes]]:
    """The real notices in every format."""
    corpus = load_settings().corpus_dir
    paths = [*sorted(corpus.glob("*/notice.txt")), *sorted((SETS_DIR / "notices").glob("*.txt"))]
    samples: dict[str, list[bytes]] = {"txt": [path.read_bytes() for path in paths]}
    samples["text"] = ["\n".join(line.text for line in read_document(path).lines).encode() for path in paths]
    for text in samples["text"]:
        blocks = blocks_of(text.decode())
        for kind, path in (
            ("html", write_html(blocks, folder / "notice.html")),
            ("docx", write_docx(blocks, folder / "notice.docx")),
            ("pdf", write_pdf(blocks, folder / "file.pdf", FILE)),
            ("pdf", write_pdf(blocks, folder / "gazette.pdf", GAZETTE)),
        ):
            samples.setdefault(kind, []).append(path.read_bytes())
    return samples


def _prepare(samples: dict[str, list[bytes]]) -> None:
    _samples.update(samples)
    signal.signal(signal.SIGPROF, _stop)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise HangError


def _run(seed: int) -> Outcome:
    kind = KINDS[seed % len(KINDS)]
    sample = _samples[kind][seed // len(KINDS) % len(_samples[kind])]
    data = rewritten(sample.decode(), seed).encode() if kind == "text" else damaged(sample, seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"notice.{kind}"
        path.write_bytes(data)
        begun, used = time.perf_counter(), _processor_seconds()
        # Processor time, not the clock: other work on the machine says nothing about the reader.
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            parse(read_document(path))
            result = CATALOGUE
        except PolicyQAError as error:
            result = type(error).__name__
        except (Exception, HangError) as error:
            result = f"{type(error).__name__}: {error}"[:200]
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        seconds, clock = _processor_seconds() - used, time.perf_counter() - begun
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Outcome(seed, kind, result, seconds, clock, own, child)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _is_failure(outcome: Outcome) -> bool:
    clear = outcome.result in (CATALOGUE, "DocumentRefused", "NoticeError", "CorpusError")
    return not clear or outcome.seconds > SECONDS or max(outcome.megabytes, outcome.child_megabytes) > MEGABYTES


def _print(outcomes: Sequence[Outcome]) -> None:
    kinds = sorted(set(KINDS))
    table = Table("result", *kinds, "all", title=f"{len(outcomes)} damaged notices")
    counts = Counter((each.result.partition(":")[0], each.kind) for each in outcomes)
    for result in sorted({result for result, _ in counts}):
        row = [counts[result, kind] for kind in kinds]
        table.add_row(result, *map(str, row), str(sum(row)))
    slowest = [max((each.seconds for each in outcomes if each.kind == kind), default=0.0) for kind in kinds]
    table.add_row("slowest, CPU s", *(f"{each:.2f}" for each in slowest), f"{max(slowest):.2f}")
    Console(width=120).print(table)
    own, child = max(each.megabytes for each in outcomes), max(each.child_megabytes for each in outcomes)
    clock = max(each.clock for each in outcomes)
    print(f"slowest by the clock {clock:.1f} s, largest worker {own:.0f} MB, largest process of a PDF {child:.0f} MB")


if __name__ == "__main__":
    main()
