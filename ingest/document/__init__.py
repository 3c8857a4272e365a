"""A notice as it comes: text, a page, a Word file or a PDF, read into lines that can be traced back."""

from ingest.document.lines import Document, Line, document_from_text
from ingest.document.reading import read_bytes, read_content, read_document
from ingest.document.table import Table

__all__ = ["Document", "Line", "Table", "document_from_text", "read_bytes", "read_content", "read_document"]
