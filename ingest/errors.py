"""The error hierarchy of the whole project.

PolicyQAError
├── SettingsError          a setting is unknown or unusable
├── NoticeError            a notice cannot be read as its grammar demands; names the line
├── CorpusError            a corpus folder or data file is missing or inconsistent
├── DocumentRefused        a file is not read as a notice, for what it is, how large it is or what it carries
│   └── DocumentTooLarge
├── BadCorrection          a correction that the notice does not bear out
├── BadNoticeId            an id that a notice cannot have, or none that can be guessed
├── Unaccepted             a notice with oddities that nobody has accepted
├── SheetError             a table of tickets cannot be read or written
├── IndexUnavailable       there is no usable index
│   ├── IndexMissing
│   └── IndexCorrupt
├── IngestBusy             another ingest holds the lock
├── EvaluationUnreadable   the report of the last evaluation is damaged, or none of this program's
├── ModelUnavailable       no language model can be asked, or it broke off
├── StoreUnavailable       the database of tickets cannot be reached or written
├── CandidateClosed        a candidate for the question bank has already been decided
├── BadApproval            an approval that the question bank cannot take
├── BadKeyName             a name that a new key cannot have
├── Unauthorized           a caller without a key where one is needed, or with one that is not in force
├── Forbidden              a caller whose role is too low
└── NotFound               an id that nothing answers to
    ├── NoEvaluation
    ├── UnknownNotice
    ├── NoPredecessor
    ├── UnknownSource
    ├── UnknownDepartment
    ├── UnknownTrace
    ├── UnknownCandidate
    ├── UnknownBatch
    └── UnknownKey
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
        self.reason = message


class CorpusError(PolicyQAError):
    """A corpus folder or one of its data files is missing, unreadable or inconsistent."""


class DocumentRefused(PolicyQAError):
    """A file is not read as a notice: it is of another kind, too large, locked, damaged, or could do harm."""


class BadCorrection(PolicyQAError):
    """A correction of what is not there, to what cannot be, or to a department that the notice does not print."""


class BadNoticeId(PolicyQAError):
    """An id that a notice cannot have, or a notice from which none can be guessed."""


class Unaccepted(PolicyQAError):
    """A notice is not published while there are oddities in it that nobody has accepted."""


class DocumentTooLarge(DocumentRefused):
    """A file has more bytes than any notice needs."""


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


class EvaluationUnreadable(PolicyQAError):
    """The report of the last evaluation cannot be read as one."""

    def __init__(self) -> None:
        super().__init__("上次评测的报告读不了,可能已损坏,或不是本程序写的。", "请重新运行 policyqa eval。")


class ModelUnavailable(PolicyQAError):
    """No language model server answers now, or the one that did broke off."""


class StoreUnavailable(PolicyQAError):
    """The database of tickets cannot be reached, read or written."""


class CandidateClosed(PolicyQAError):
    """A candidate for the question bank has been decided before."""

    def __init__(self, candidate_id: int, who: str | None) -> None:
        super().__init__(f"候选 {candidate_id} 已由{who or '他人'}处理。", "请刷新列表。")


class BadApproval(PolicyQAError):
    """An approval that the question bank cannot take."""


class BadKeyName(PolicyQAError):
    """A name that a new key cannot have."""


class Unauthorized(PolicyQAError):
    """Nobody knows who calls: no key where one is needed, or one that is unknown or revoked."""


class Forbidden(PolicyQAError):
    """The caller is known, and their role is too low."""


class NotFound(PolicyQAError):
    """An id that nothing in the corpus answers to."""


class NoEvaluation(NotFound):
    """Nothing has been evaluated yet."""

    def __init__(self) -> None:
        super().__init__("还没有做过评测。", "请运行 policyqa eval。")


class UnknownNotice(NotFound):
    """No notice of that id is loaded."""


class NoPredecessor(NotFound):
    """There is no older notice that a notice could be compared with."""

    def __init__(self, notice_id: str, supersedes: str) -> None:
        lacking = f"它接替的 {supersedes} 没有收录" if supersedes else "没有写明它接替哪一份"
        super().__init__(
            f"通知 {notice_id} 没有可比的上一份:{lacking}。",
            "请用 since 指定与哪份通知比,或在 notice.toml 的 supersedes 写上已收录的那一份。",
        )


class UnknownSource(NotFound):
    """The notice has no measure or item of that number."""


class UnknownDepartment(NotFound):
    """No department is known by that name or alias."""


class UnknownTrace(NotFound):
    """No exchange of that trace id is kept."""

    def __init__(self, trace_id: str) -> None:
        super().__init__(f"没有编号为“{trace_id}”的问答记录。", "编号见答复的 trace_id;超过保存期限的记录已删除。")


class UnknownCandidate(NotFound):
    """No candidate for the question bank has that number."""

    def __init__(self, candidate_id: str) -> None:
        super().__init__(f"没有编号为 {candidate_id} 的候选。", "请刷新列表。")


class UnknownBatch(NotFound):
    """No batch of tickets has that id."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(f"没有编号为“{batch_id}”的批次。", "请重新上传表格;做过的行不会重做。")


class UnknownKey(NotFound):
    """No key in force has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的有效密钥。", "现有的名称见 policyqa keys list。")
