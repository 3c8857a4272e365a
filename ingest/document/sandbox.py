"""Reading in a process of its own, which ends when its time or memory does.

A PDF is a program that draws: a page of a few bytes can keep its reader busy for ever, inside the library, where no
limit of ours is checked. So PDFs are read apart; texts, pages and Word files are streams whose readers check limits.
"""

import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict

from ingest.document.limits import MEMORY, PATIENCE, SECONDS
from ingest.document.lines import Document, document_from_text
from ingest.document.table import Table
from ingest.errors import DocumentRefused

_OPEN_FILES = 64
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_apart(name: str, data: bytes) -> Document:
    """Read a PDF in a child process.

    Raises DocumentRefused for a PDF that is damaged, locked or scanned, or takes more than SECONDS or
    MEMORY.
    """
    command = [sys.executable, "-m", __name__, name, str(SECONDS)]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired as error:
        raise _endless(name, PATIENCE) from error
    if child.returncode in _OUT_OF_TIME:
        raise _endless(name, SECONDS)
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        raise DocumentRefused(
            f"{name} 太复杂或已损坏,读取时超出了限定的内存。", "请重新“打印为 PDF”,或另存为 DOCX 后再试。"
        ) from error
    if refused := answer.get("refused"):
        raise DocumentRefused(*refused)
    read = document_from_text(answer["text"])
    tables = (
        Table(each["first_line"], each["last_line"], tuple(map(tuple, each["rows"]))) for each in answer["tables"]
    )
    return Document(read.text, read.lines, tuple(tables))


def _endless(name: str, seconds: int) -> DocumentRefused:
    return DocumentRefused(f"{name} 在{seconds}秒内没有读完。", "请只保留通知正文的页,或另存为 DOCX 后再试。")


def main() -> None:
    """The child: PDF on standard input, JSON on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2]) + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from ingest.document.pdf import read_pdf

    try:
        document = read_pdf(sys.argv[1], sys.stdin.buffer.read())
        answer = {"text": document.text, "tables": [asdict(table) for table in document.tables]}
    except DocumentRefused as error:
        answer = {"refused": [error.message, error.remedy]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
