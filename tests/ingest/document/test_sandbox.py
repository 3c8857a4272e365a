import resource
import subprocess
import sys

import pytest

from ingest.document import sandbox
from ingest.document.limits import MEMORY
from ingest.errors import DocumentRefused
from tests.ingest.document.files import pdf_of


def test_a_pdf_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.document.sandbox.SECONDS", 1)
    begun = _processor_seconds()
    with pytest.raises(DocumentRefused, match="没有读完"):
        sandbox.read_apart("endless.pdf", pdf_of(b"1 1 m " + b"5 700 l 700 5 l " * 2_000_000 + b"S", pages=20))
    assert _processor_seconds() - begun < 2


def test_a_pdf_that_unpacks_to_more_than_the_memory_is_refused() -> None:
    # In a process of its own: what other tests have started counts as well.
    program = (
        "import resource\n"
        "from ingest.document import sandbox\n"
        "from ingest.errors import DocumentRefused\n"
        "from tests.ingest.document.files import pdf_of\n"
        "try:\n"
        "    sandbox.read_apart('bomb.pdf', pdf_of(b'q ' * 50_000_000))\n"
        "except DocumentRefused as refused:\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, refused)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    kibibytes, _, message = run.stdout.partition(" ")
    assert "内存" in message
    assert int(kibibytes) * 1024 < MEMORY * 1.2


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
