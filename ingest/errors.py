"""The error hierarchy of the whole project.

PolicyQAError
├── SettingsError          a setting is unknown or unusable
├── NoticeError            a notice cannot be read as its grammar demands; names the line
├── CorpusError            a corpus folder or data file is missing or inconsistent
├── SheetError             a table of tickets cannot be read or written
├── IndexUnavailable       there is no usable index
│   ├── IndexMissing
│   └── IndexCorrupt
├── IngestBusy             another ingest holds the lock
└── NotFound               an id that nothing answers to
    ├── UnknownNotice
    ├── UnknownSource
    └── UnknownDepartment
"""


class PolicyQAError(Exception):
    """Base of every error a caller is expected to handle: what is wrong, and the remedy."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class SettingsError(PolicyQAError):
    """A setting is unknown or has an unusable value."""


class NoticeError(PolicyQAError):
    """The notice breaks its grammar at ``line`` (1-based)."""

    def __init__(self, line: int, message: str, remedy: str = "") -> None:
        super().__init__(f"第{line}行:{message}", remedy)
        self.line = line


class CorpusError(PolicyQAError):
    """A corpus folder or one of its data files is missing, unreadable or inconsistent."""


class SheetError(PolicyQAError):
    """A table of tickets cannot be read, or not be written under that name."""


class IndexUnavailable(PolicyQAError):
    """No index can be served."""


class IndexMissing(IndexUnavailable):
    """Nothing has been published yet."""


class IndexCorrupt(IndexUnavailable):
    """What was published cannot be read back as its manifest promises."""


class IngestBusy(PolicyQAError):
    """Another ingest is running on the same data folder."""


class NotFound(PolicyQAError):
    """An id that nothing in the corpus answers to."""


class UnknownNotice(NotFound):
    """No notice of that id is loaded."""


class UnknownSource(NotFound):
    """The notice has no measure or item of that number."""


class UnknownDepartment(NotFound):
    """No department is known by that name or alias."""
