"""The ZIP archive that a Word file is: what it declares is bounded before it is read, what it holds while it is."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from ingest.document.limits import MAX_ENTRIES, MAX_PART, MAX_RATIO, MAX_UNPACKED
from ingest.errors import DocumentRefused

_ENTRY = b"PK\x01\x02"
_SMALL = 1024 * 1024
_CHUNK = 1 << 16
_NESTED = (".zip", ".rar", ".7z", ".gz", ".docx", ".docm", ".jar")
_LOCKED = 0x1
_SUSPICIOUS = "请用 Word 或 WPS 打开确认内容,另存为 DOCX 后再试。"


class Archive:
    """The parts of a Word file. Raises DocumentRefused for an archive that is damaged, locked, or a bomb."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        # Counted in the bytes: zipfile would build an object for every entry first.
        if data.count(_ENTRY) > MAX_ENTRIES:
            raise DocumentRefused(f"{name} 里有{MAX_ENTRIES}个以上的文件,像是压缩炸弹。", _SUSPICIOUS)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._check()

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of one part, piece by piece. Raises DocumentRefused if it is missing, damaged or too large."""
        if part not in self._entries:
            raise self._damaged()
        size = 0
        try:
            with self._zip.open(self._entries[part]) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_PART:
                        raise DocumentRefused(
                            f"{self.name} 解压后过大({part} 超过{MAX_PART // _SMALL} MB),像是压缩炸弹。", _SUSPICIOUS
                        )
                    yield chunk
        # What zipfile and the decompressors below it raise for damaged data.
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._damaged() from error

    def _check(self) -> None:
        entries = self._zip.infolist()
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise DocumentRefused(f"{self.name} 设有密码。", "请去掉密码后再试。")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise DocumentRefused(f"{self.name} 解压后超过{MAX_UNPACKED // _SMALL} MB,像是压缩炸弹。", _SUSPICIOUS)
        for entry in entries:
            if entry.file_size > max(_SMALL, entry.compress_size * MAX_RATIO):
                raise DocumentRefused(
                    f"{self.name} 里的 {entry.filename} 压缩比超过{MAX_RATIO}倍,像是压缩炸弹。", _SUSPICIOUS
                )
            if entry.filename.lower().endswith(_NESTED):
                raise DocumentRefused(
                    f"{self.name} 里还有压缩包或文档({entry.filename})。", "请只留下通知本身,一份一份地添加。"
                )

    def _damaged(self) -> DocumentRefused:
        return DocumentRefused(f"{self.name} 已损坏,或不是 Word 文件。", "请用 Word 或 WPS 打开,另存为 DOCX 后再试。")
