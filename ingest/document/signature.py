"""What a file is, told by its first bytes and not by its name."""

from ingest.errors import DocumentRefused

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LEAD_IN = 1024
"""PDF readers accept so many bytes before the signature."""

_OCR = "请先做文字识别(OCR),核对后另存为 DOCX 或 TXT。"
_UNPACK = "请解压后一份一份地添加通知文件。"
_SAVE_AS_DOCX = "请用 Word 或 WPS 打开,另存为 DOCX 后再试。"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "图片(PNG)", _OCR),
    (b"\xff\xd8\xff", "图片(JPEG)", _OCR),
    (b"GIF8", "图片(GIF)", _OCR),
    (b"II*\0", "图片(TIFF)", _OCR),
    (b"MM\0*", "图片(TIFF)", _OCR),
    (b"BM", "图片(BMP)", _OCR),
    (b"RIFF", "图片或音视频", _OCR),
    (b"{\\rtf", "RTF 文件", _SAVE_AS_DOCX),
    (b"Rar!", "压缩包(RAR)", _UNPACK),
    (b"7z\xbc\xaf", "压缩包(7z)", _UNPACK),
    (b"\x1f\x8b", "压缩包(gzip)", _UNPACK),
    (b"MIME-Version:", "单个文件的网页(MHTML)", "请在浏览器里另存为“网页,仅 HTML”后再试。"),
)


def is_pdf(data: bytes) -> bool:
    """Whether the file says that it is a PDF."""
    return PDF in data[:_LEAD_IN]


def is_zip(data: bytes) -> bool:
    """Whether the file is a ZIP archive, as Word files are."""
    return data.startswith((ZIP, b"PK\x05\x06"))


def refuse_foreign(name: str, data: bytes) -> None:
    """Raises DocumentRefused for a kind of file that no notice is read from: old Word files, pictures, archives."""
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise DocumentRefused(f"{name} 设有打开密码。", "请在 Word 或 WPS 中去掉密码,另存为 DOCX 后再试。")
        raise DocumentRefused(f"{name} 是旧版 Office 文件(如 .doc、.wps),可能带宏。", _SAVE_AS_DOCX)
    for signature, kind, remedy in _FOREIGN:
        if data.startswith(signature) and (len(signature) > 2 or b"\0" in data[:64]):
            raise DocumentRefused(f"{name} 是{kind},不是文字文件。", remedy)
