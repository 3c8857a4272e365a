"""XML of Word files: no document type, no entities, nothing fetched, and an end to the number of elements."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from lxml import etree

from ingest.document.limits import MAX_DEPTH, MAX_ELEMENTS, too_large
from ingest.errors import DocumentRefused

_MAX_ATTRIBUTES = 200
Result = TypeVar("Result", covariant=True)


class Target(Protocol[Result]):
    """What is told of the elements of an XML part, in order."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> object:
        """An element begins."""

    def end(self, tag: str) -> object:
        """An element ends."""

    def data(self, data: str) -> object:
        """Text stands here."""

    def close(self) -> Result:
        """The part is over."""


class _Guard:
    """Passes a part on to its target as long as it is harmless."""

    def __init__(self, name: str, target: Target[Any]) -> None:
        self._name = name
        self._target = target
        self._elements = self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS or self._depth > MAX_DEPTH or len(attributes) > _MAX_ATTRIBUTES:
            raise too_large(f"{self._name} 超过{MAX_ELEMENTS}个元素,或嵌套超过{MAX_DEPTH}层")
        self._target.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._target.end(tag)

    def data(self, data: str) -> None:
        self._target.data(data)

    def doctype(self, *_: object) -> None:
        raise DocumentRefused(
            f"{self._name} 里有文档类型声明(DTD),可能展开实体。", "请用 Word 或 WPS 打开,另存为 DOCX 后再试。"
        )

    def close(self) -> Any:  # noqa: ANN401 — what the target makes of it
        return self._target.close()


def read_xml(name: str, chunks: Iterable[bytes], target: Target[Result]) -> Result:
    """Tell ``target`` what stands in an XML part of the file called ``name``.

    Raises DocumentRefused for XML that is damaged, too large, or declares a document type.
    """
    parser: Any = etree.XMLParser(
        target=_Guard(name, target), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for chunk in chunks:
            parser.feed(chunk)
        result: Result = parser.close()
    except etree.LxmlError as error:
        raise DocumentRefused(f"{name} 已损坏:{error}。", "请用 Word 或 WPS 打开,另存为 DOCX 后再试。") from error
    return result


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def value(attributes: Mapping[str, str], name: str = "val") -> str | None:
    """The attribute of that local name."""
    return next((text for tag, text in attributes.items() if local(tag) == name), None)
