"""Numbers must run 1, 2, 3 … without a gap: a missing measure is a reading error, not a shorter notice."""

from ingest.document import Line
from ingest.errors import NoticeError
from ingest.outline import Heading


class Numbering:
    """Checks one run of numbers. ``noun`` names what is counted in error messages (举措, 部分 …)."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self.count = 0

    def advance(self, heading: Heading, line: Line) -> None:
        """Accept the next number. Raises NoticeError naming the line if it is not the one after the last."""
        if heading.number != self.count + 1:
            raise NoticeError(
                line.number,
                f"{self.noun}编号不连续:应为第{self.count + 1},实为第{heading.number}(“{line.text[:30]}”)。",
                "请补全或更正编号。",
            )
        self.count += 1

    def check_total(self, declared: int, line: Line) -> None:
        """Raises NoticeError if the notice declares another total than was read."""
        if declared != self.count:
            raise NoticeError(line.number, f"通知称共{declared}项{self.noun},实际读到{self.count}项。", "请核对原文。")
