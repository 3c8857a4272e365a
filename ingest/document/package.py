"""How the parts of a Word file hang together, and what of it is refused: macros and anything outside the file."""

import posixpath
from collections.abc import Mapping

from ingest.document.archive import Archive
from ingest.document.limits import MAX_RELATIONS, too_large
from ingest.document.markup import local, read_xml
from ingest.errors import DocumentRefused

_MACROS = ("vbaproject.bin", "vbadata.xml")
_OTHER_KINDS = (
    ("xl/", "Excel 工作簿"),
    ("ppt/", "演示文稿"),
    ("OFD.xml", "OFD 版式文件"),
    ("META-INF/", "OpenDocument 文件"),
)
_HYPERLINK = "/hyperlink"
_ROOT = ""


class Package:
    """A Word file whose parts are found by what they are to the document (``numbering``, ``styles``).

    Raises DocumentRefused for macros, references to anything outside the file other than hyperlinks, and archives
    that are no Word file.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.archive = Archive(name, data)
        self._counted = 0
        if any(part.lower().endswith(_MACROS) for part in self.archive.parts):
            raise DocumentRefused(f"{name} 带有宏。", "请另存为不带宏的 DOCX 后再试。")
        for part in self.archive.parts:
            if part.endswith(".rels"):
                self._refuse_outside(part)
        self.document = self._related(_ROOT).get("officeDocument", "")
        if not self.document.startswith("word/") or self.document not in self.archive:
            kind = next(
                (kind for start, kind in _OTHER_KINDS if any(p.startswith(start) for p in self.archive.parts)), ""
            )
            raise DocumentRefused(
                f"{name} 是{kind or '压缩包'},不是 Word 文件。", "请另存为 DOCX 或 PDF;压缩包请解压后一份一份地添加。"
            )
        self._relations = self._related(self.document)

    def part(self, role: str) -> str | None:
        """The name of the part that is this to the document; None if there is none."""
        part = self._relations.get(role)
        return part if part and part in self.archive else None

    def _related(self, part: str) -> dict[str, str]:
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.archive:
            return {}
        found = {}
        for attributes in self._relationships(relations):
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found[attributes.get("Type", "").rpartition("/")[2]] = target.lstrip("/")
        return found

    def _refuse_outside(self, relations: str) -> None:
        for attributes in self._relationships(relations):
            outside = attributes.get("TargetMode", "").lower() == "external"
            if outside and not attributes.get("Type", "").endswith(_HYPERLINK):
                what = attributes.get("Type", "").rpartition("/")[2] or "未知"
                raise DocumentRefused(
                    f"{self.name} 引用了文件之外的内容({what}:{attributes.get('Target', '')[:80]})。",
                    "请断开外部链接(图片、模板、对象改为嵌入或删去),另存为 DOCX 后再试。",
                )

    def _relationships(self, part: str) -> list[Mapping[str, str]]:
        found = read_xml(self.name, self.archive.chunks(part), _Relationships())
        self._counted += len(found)
        if self._counted > MAX_RELATIONS:
            raise too_large(f"{self.name} 的各部分之间有{MAX_RELATIONS}处以上的引用")
        return found


class _Relationships:
    """Collects the attributes of every relationship."""

    def __init__(self) -> None:
        self._found: list[Mapping[str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "Relationship":
            self._found.append(dict(attributes))

    def end(self, tag: str) -> None:
        """Nothing is inside a relationship."""

    def data(self, data: str) -> None:
        """Nor any text."""

    def close(self) -> list[Mapping[str, str]]:
        return self._found
