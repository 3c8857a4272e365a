"""Reading a notice of any notation."""

from ingest.document import Document
from ingest.errors import NoticeError
from ingest.parsed import Parsed


def read_any(document: Document) -> Parsed:
    """Read a notice whose notation is not known. Raises NoticeError where no measure can be found."""
    raise NoticeError(1, "没有读到任何编号举措。", "请确认文件是通知正文。")
