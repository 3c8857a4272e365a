"""The error hierarchy of the whole project.

PolicyQAError
├── SettingsError          a setting is unknown or unusable
├── NoticeError            a notice cannot be read as its grammar demands; names the line
├── CorpusError            a corpus folder or data file is missing or inconsistent
│   └── LastNotice         a notice that cannot be taken out, for there is no other
├── DocumentRefused        a file is not read as a notice, for what it is, how large it is or what it carries
│   └── DocumentTooLarge
├── BadCorrection          a correction that the notice does not bear out
├── BadNoticeId            an id that a notice cannot have, or none that can be guessed
├── Unaccepted             a notice with oddities that nobody has accepted
├── SheetError             a table of tickets cannot be read or written
├── IndexUnavailable       there is no usable index
│   ├── IndexMissing
│   ├── IndexCorrupt
│   ├── IndexUnwritable     the disk of the data folder is full or read-only
│   └── VectorsUnavailable  the Chroma server does not answer
├── IngestBusy             another ingest holds the lock
├── TargetFailed           a target under measurement does not reply as agreed, or cannot be opened
├── EvaluationUnreadable   the report of the last evaluation is damaged, or none of this program's
├── ModelUnavailable       no language model can be asked, or it broke off
├── StoreUnavailable       the database of tickets cannot be reached or written
├── ShuttingDown           the service is ending
├── CandidateClosed        a candidate for the question bank has already been decided
├── BadApproval            an approval that the question bank cannot take
├── BadKeyName             a name that a new key cannot have
├── Unauthorized           a caller without a key where one is needed, or with one that is not in force
├── Forbidden              a caller whose role is too low
├── SignInUnknown          who comes back from the provider without having set out from here
├── SignInRefused          the provider did not let somebody in, or its word cannot be believed
├── ProviderUnavailable    the provider of the single sign-on does not answer
├── TooManyRequests        a caller who calls more often than is allowed
├── PublicBindRefused      serving other machines while nobody needs a key
├── BackupError            a backup cannot be made there, or what is to be restored is none, damaged or in use
└── NotFound               an id that nothing answers to
    ├── NoEvaluation
    ├── UnknownRun
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


class LastNotice(CorpusError):
    """A notice that cannot be taken out, for there is no other."""


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


class IndexUnwritable(IndexUnavailable):
    """The disk of the data folder is full, or may not be written to; what was published is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"数据文件夹里的索引写不了:{reason}。", "请腾出磁盘空间、检查写入权限后再试;原来的索引没有变。"
        )


class VectorsUnavailable(IndexUnavailable):
    """The Chroma server cannot be reached, or answers with errors; ``reason`` is the kind of error."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Chroma 服务器(POLICYQA_CHROMA_URL)没有应答:{reason}。",
            "请检查它是否在运行、地址是否正确;它恢复之后会自动接上。",
        )


class IngestBusy(PolicyQAError):
    """Another ingest is running on the same data folder."""


class TargetFailed(PolicyQAError):
    """A target under measurement does not reply as agreed, or cannot be opened."""


class EvaluationUnreadable(PolicyQAError):
    """The report of the last evaluation cannot be read as one."""

    def __init__(self) -> None:
        super().__init__("上次评测的报告读不了,可能已损坏,或不是本程序写的。", "请重新运行 policyqa eval。")


class ModelUnavailable(PolicyQAError):
    """No language model server answers now, or the one that did broke off."""


class StoreUnavailable(PolicyQAError):
    """The database of tickets cannot be reached, read or written."""


class ShuttingDown(PolicyQAError):
    """The service is ending and takes no more."""


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


class SignInUnknown(PolicyQAError):
    """Somebody comes back from the provider who did not set out from here, or too long ago."""

    def __init__(self) -> None:
        super().__init__("这次登录不是从这里开始的,或者隔得太久。", "请回到登录页重新登录。")


class SignInRefused(PolicyQAError):
    """The provider did not let somebody in, or what it says of them cannot be believed."""

    def __init__(self) -> None:
        super().__init__("统一登录没有通过。", "请重新登录;若一再出现,请把编号告诉管理员,也可以先用密钥登录。")


class ProviderUnavailable(PolicyQAError):
    """The provider of the single sign-on does not answer, or with what cannot be understood."""

    def __init__(self) -> None:
        super().__init__("统一登录暂时用不了。", "请稍后再试;也可以先用密钥登录。")


class TooManyRequests(PolicyQAError):
    """A caller may call again in ``retry_after_s`` whole seconds, at least 1."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"请求太频繁,请在 {retry_after_s} 秒后再试。", "程序调用请放慢,或向管理员申请额度更高的密钥。")
        self.retry_after_s = retry_after_s


class PublicBindRefused(PolicyQAError):
    """The service would be open to other machines while everybody may do everything."""


class BackupError(PolicyQAError):
    """A backup cannot be made, or not be restored; nothing has been changed."""


class NotFound(PolicyQAError):
    """An id that nothing in the corpus answers to."""


class NoEvaluation(NotFound):
    """Nothing has been evaluated yet."""

    def __init__(self) -> None:
        super().__init__("还没有做过评测。", "请运行 policyqa eval。")


class UnknownRun(NotFound):
    """No run of that name was kept, or it has not been scored."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"没有评测记录 {folder}。",
            "先运行 policyqa eval;自己的题集要写同样的 --sets,开发集要写 --split development。",
        )


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


class UnknownModel(NotFound):
    """There is no language model of that name to talk to."""


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
