"""Files that are not read as notices: each is refused with the reason and with what to do."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.document import archive, read_document
from ingest.document.limits import MAX_BYTES, MAX_ELEMENTS, MAX_ENTRIES, MAX_PAGES
from ingest.errors import DocumentRefused
from tests.ingest.document.files import docx_of, docx_parts, paragraph, read_bytes, relation, relations, zipped

BODY = paragraph("一、正文")


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_bytes(folder, data)
    assert caught.value.remedy
    return str(caught.value)


def docx_with(**parts: str | bytes) -> bytes:
    """A Word file with further parts; __ stands for / in their names and _dot_ for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return zipped({**docx_parts(BODY), **named})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "另存为 DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "OCR"),
        (b"II*\0" + bytes(64), "OCR"),
        (b"BM" + bytes(64), "OCR"),
        (b"{\\rtf1 notice}", "RTF"),
        (b"Rar!\x1a\x07" + bytes(64), "解压"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b"\x7fELF" + bytes(range(256)), "不是文字文件"),
        (b"%PDF-1.7\n" + bytes(range(256)), "已损坏"),
        (b"PK\x03\x04" + bytes(100), "已损坏"),
        (docx_of(BODY)[:-200], "已损坏"),
        (zipped({"notice.txt": "一、正文"}), "压缩包"),
        (zipped({"xl/workbook.xml": "<x/>", "_rels/.rels": relations()}), "Excel"),
        (zipped({"OFD.xml": "<x/>"}), "OFD"),
    ],
)
def test_other_kinds_of_files(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refusal(tmp_path, data)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(DocumentRefused, match="超过20 MB"):
        read_document(path)
    assert path.stat().st_size > MAX_BYTES


class TestWordFilesThatReachOutside:
    @pytest.mark.parametrize("role", ["image", "attachedTemplate", "oleObject", "subDocument", "frame"])
    def test_external_references_are_refused_and_named(self, tmp_path: Path, role: str) -> None:
        outside = relations(relation(role, "http://example.invalid/a", "External"))
        message = refusal(tmp_path, docx_with(word___rels__settings_dot_xml_dot_rels=outside))
        assert role in message
        assert "example.invalid" in message

    def test_hyperlinks_are_harmless(self, tmp_path: Path) -> None:
        link = relations(relation("hyperlink", "http://example.invalid/", "External"))
        assert read_bytes(tmp_path, docx_with(word___rels__document_dot_xml_dot_rels=link)).lines

    @pytest.mark.parametrize("entity", ['<!ENTITY a "x">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""])
    def test_document_types_are_refused_before_an_entity_is_expanded(self, tmp_path: Path, entity: str) -> None:
        parts = docx_parts(BODY)
        xml = parts["word/document.xml"].replace("一、正文", "&a;" if entity else "一、正文")
        data = zipped({**parts, "word/document.xml": f"<!DOCTYPE w [{entity}]>{xml}"})
        assert "DTD" in refusal(tmp_path, data)

    def test_so_are_they_in_other_encodings_and_parts(self, tmp_path: Path) -> None:
        xml = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE w><x/>".encode("utf-16")
        assert "DTD" in refusal(tmp_path, docx_with(word___rels__a_dot_rels=xml))

    def test_macros(self, tmp_path: Path) -> None:
        assert "宏" in refusal(tmp_path, docx_with(word__vbaProject_dot_bin=b"\0"))

    def test_another_file_inside_the_text(self, tmp_path: Path) -> None:
        assert "altChunk" in refusal(tmp_path, docx_of(BODY + "<w:altChunk/>"))


class TestBombs:
    def test_a_part_that_unpacks_to_far_more_than_it_is(self, tmp_path: Path) -> None:
        assert "压缩比" in refusal(tmp_path, docx_with(word__media__a=bytes(5_000_000)))

    def test_parts_that_are_too_large_together(self, tmp_path: Path) -> None:
        written = BytesIO(docx_of(BODY))
        with zipfile.ZipFile(written, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr("word/media/a", b"")
        # A declared size that the archive does not keep.
        data = bytearray(written.getvalue())
        at = data.rindex(b"PK\x01\x02")
        data[at + 20 : at + 28] = struct.pack("<II", 2_000_000, 300_000_000)
        assert "解压后超过" in refusal(tmp_path, bytes(data))

    def test_too_many_parts(self, tmp_path: Path) -> None:
        many = {f"word/{number}": "" for number in range(MAX_ENTRIES + 1)}
        assert "压缩炸弹" in refusal(tmp_path, zipped({**docx_parts(BODY), **many}))

    def test_archives_inside(self, tmp_path: Path) -> None:
        assert "压缩包" in refusal(tmp_path, docx_with(word__embeddings__a_dot_zip=zipped({"a": "b"})))

    def test_too_many_elements(self, tmp_path: Path) -> None:
        runs = "".join(f'<w:r w:a="{number * 7919}"/>' for number in range(MAX_ELEMENTS))
        assert "个元素" in refusal(tmp_path, docx_of(runs))

    def test_a_part_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MAX_PART", 100_000)
        text = "".join(map(str, range(30_000)))
        assert "解压后过大" in refusal(tmp_path, docx_of(paragraph(text)))

    def test_deep_elements(self, tmp_path: Path) -> None:
        assert refusal(tmp_path, docx_of("<w:sdt>" * 100_000))

    def test_a_page_that_never_stops_drawing(self, tmp_path: Path) -> None:
        path = tmp_path / "drawn.pdf"
        canvas = Canvas(str(path))
        canvas.drawString(100, 100, "text")
        for number in range(30_000):
            canvas.line(number % 500, 10, number % 500, 800)
        canvas.save()
        with pytest.raises(DocumentRefused, match="图形"):
            read_document(path)

    def test_a_pdf_of_too_many_pages(self, tmp_path: Path) -> None:
        path = tmp_path / "long.pdf"
        canvas = Canvas(str(path))
        for _ in range(MAX_PAGES + 1):
            canvas.drawString(100, 100, "page")
            canvas.showPage()
        canvas.save()
        with pytest.raises(DocumentRefused, match="页"):
            read_document(path)


class TestLockedPdf:
    @pytest.mark.parametrize("user", ["secret", ""])
    def test_is_refused_whether_it_asks_for_a_password_or_forbids_copying(self, tmp_path: Path, user: str) -> None:
        path = tmp_path / "locked.pdf"
        canvas = Canvas(str(path), encrypt=StandardEncryption(user, ownerPassword="owner", canCopy=0))
        canvas.drawString(100, 100, "text")
        canvas.save()
        with pytest.raises(DocumentRefused, match="加密"):
            read_document(path)


class TestScannedPdf:
    def test_says_that_there_is_no_text_layer_and_what_to_do(self, tmp_path: Path) -> None:
        path = tmp_path / "scan.pdf"
        canvas = Canvas(str(path))
        canvas.drawInlineImage(Image.new("RGB", (20, 20), "white"), 0, 0, 500, 800)
        canvas.save()
        with pytest.raises(DocumentRefused, match=r"第1页是扫描的图片,没有文字层.*OCR"):
            read_document(path)

    def test_so_does_one_without_anything(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.pdf"
        canvas = Canvas(str(path))
        canvas.showPage()
        canvas.save()
        with pytest.raises(DocumentRefused, match=r"没有文字层.*OCR"):
            read_document(path)
