"""Reading a notice line by line: every line must be taken by an element of the grammar, or reading stops."""

import re
from collections.abc import Callable

from ingest.document import Document, Line
from ingest.errors import NoticeError
from ingest.outline import Heading, read_heading


class LineReader:
    """A cursor over the non-blank lines. No line can be passed over untaken: that is the coverage check."""

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        self._next = 0

    @property
    def done(self) -> bool:
        """True when every line has been taken."""
        return self._next == len(self._lines)

    @property
    def line(self) -> Line:
        """The line to be taken next. Raises NoticeError at the end of the document."""
        if self.done:
            raise NoticeError(
                self._lines[-1].number if self._lines else 1, "文件在此结束,后面应当还有内容。", "请检查通知是否完整。"
            )
        return self._lines[self._next]

    @property
    def last(self) -> Line:
        """The line taken last; something must have been taken."""
        return self._lines[self._next - 1]

    @property
    def heading(self) -> Heading | None:
        """The heading on the next line, if it is one."""
        return None if self.done else read_heading(self.line.text)

    def take(self) -> Line:
        """Take the next line."""
        line = self.line
        self._next += 1
        return line

    def take_match(self, pattern: re.Pattern[str], expected: str) -> tuple[Line, re.Match[str]]:
        """Take the next line, which must match ``pattern`` in full; otherwise NoticeError names ``expected``."""
        line = self.line
        match = pattern.fullmatch(line.text)
        if match is None:
            raise NoticeError(line.number, f"此处应为{expected},实为“{line.text[:40]}”。")
        return self.take(), match

    def take_if(self, condition: Callable[[str], object]) -> Line | None:
        """Take the next line if its text satisfies ``condition``."""
        return self.take() if not self.done and condition(self.line.text) else None

    def take_while(self, condition: Callable[[str], object]) -> list[Line]:
        """Take lines as long as they satisfy ``condition``."""
        taken = []
        while line := self.take_if(condition):
            taken.append(line)
        return taken
