"""How large a document may be, so that reading a hostile one ends soon and in bounded memory.

A notice has some 60,000 characters; the limits leave it more than ten times that. Every reader checks them while it
reads, not afterwards.
"""

from ingest.errors import DocumentRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 1_000_000
MAX_LINES = 50_000
MAX_ELEMENTS = 300_000
"""Elements of the markup of a web page or of one part of a Word file."""
MAX_DEPTH = 500
"""How deep elements may be nested; no browser goes deeper."""
MAX_MARKUP = 4_000_000
"""Characters of a web page's source, embedded pictures not counted."""
MAX_CELLS = 200_000
MAX_COLUMNS = 100
MAX_ENTRIES = 2_000
"""Files inside a Word file."""
MAX_RELATIONS = 50_000
"""References between the files inside a Word file."""
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of all files inside a Word file, as declared there."""
MAX_PART = 30 * 1024 * 1024
"""Bytes of one file inside a Word file, as really unpacked."""
MAX_RATIO = 200
"""How many times a file inside a Word file may be larger than it is packed, if it is larger than 1 MB."""
MAX_PAGES = 400
MAX_PATHS = 20_000
"""Drawn objects, and straight lines, on one page."""
SECONDS = 4
"""Processor time for reading a PDF. The clock alone would refuse harmless ones on a busy machine."""
PATIENCE = 20
"""Seconds by the clock after which the process that reads a PDF is ended whatever it did."""
MEMORY = 450 * 1024 * 1024
"""Address space of the process that reads a PDF, in bytes."""


def too_large(what: str) -> DocumentRefused:
    """The refusal of a document that goes over a limit; ``what`` names it."""
    return DocumentRefused(f"文件过大:{what}。", "请只保留通知正文和附件,另存后再试。")
