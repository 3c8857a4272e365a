"""Files of the formats that notices come in, as small as they can be."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from ingest.document import Document, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_bytes(folder: Path, data: bytes, name: str = "notice") -> Document:
    """What is read from a file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    return read_document(path)


def texts(document: Document) -> list[str]:
    """The lines of a document."""
    return [line.text for line in document.lines]


def relations(*entries: str) -> str:
    """A part that names relationships."""
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(entries)}</Relationships>'


def relation(role: str, target: str, mode: str = "") -> str:
    """A relationship to a part, or to something outside."""
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r{abs(hash(target))}" Type="{_OFFICE}/{role}" Target="{target}"{outside}/>'


def docx_parts(body: str, **roles: str) -> dict[str, str]:
    """The parts of a Word file with this body; ``roles`` are further parts by what they are to it (``numbering``)."""
    return {
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(*(relation(role, f"{role}.xml") for role in roles)),
        **{f"word/{role}.xml": f'<w:{role} xmlns:w="{W}">{xml}</w:{role}>' for role, xml in roles.items()},
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx_of(body: str, **roles: str) -> bytes:
    """A Word file with this body."""
    return zipped(docx_parts(body, **roles))


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def pdf_of(content: bytes, pages: int = 1) -> bytes:
    """A PDF of so many pages, each the same with this content."""
    packed = zlib.compress(content, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    )
    written = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n" % (len(objects) + 1) + table + end
