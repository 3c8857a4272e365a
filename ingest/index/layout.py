"""Where the index lies on disk.

<data_dir>/index/
  current               name of the version in use, replaced in one step
  chroma_database       name of the database that holds the vectors, where there is a Chroma server
  versions/<version>/   manifest.json (its segments, its notices) · departments.toml (as they were stated)
  segments/<segment>/   some notices, never changed once they are there:
                        manifest.json · notices/<notice>.json (as read) · passages.json (digests)
                        chroma/ (two collections; with a Chroma server they are there, and this is not)
                        lexicon/ · bank/ (BM25 over the words of texts, of banked questions)
                        sound/ · bank_sound/ (the same over their pinyin)
"""

from pathlib import Path
from typing import Final

from ingest.errors import IndexMissing
from ingest.settings import Settings

CURRENT, VERSIONS, SEGMENTS = "current", "versions", "segments"
DEPARTMENTS = "departments.toml"
NOTICES, DIGESTS, CHROMA = "notices", "passages.json", "chroma"
LEXICON, BANK, SOUND, BANK_SOUND = "lexicon", "bank", "sound", "bank_sound"

PASSAGES: Final = "passages"
QUESTIONS: Final = "questions"
"""The two Chroma collections of a segment: passages of the notices, and banked questions."""


def index_dir(settings: Settings) -> Path:
    """The folder that holds all versions and segments."""
    return settings.data_dir / "index"


def version_dir(settings: Settings, version: str) -> Path:
    """The folder of one version."""
    return index_dir(settings) / VERSIONS / version


def segment_dir(settings: Settings, segment: str) -> Path:
    """The folder of one segment."""
    return index_dir(settings) / SEGMENTS / segment


def database_file(settings: Settings) -> Path:
    """Holds the name of the database on the Chroma server that belongs to this data folder."""
    return index_dir(settings) / "chroma_database"


def current_version(settings: Settings) -> str:
    """Name of the version in use. Raises IndexMissing if nothing has been published."""
    try:
        version = (index_dir(settings) / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing("索引还没有建立。", "请运行 policyqa ingest。") from error
    if not version or not version_dir(settings, version).is_dir():
        raise IndexMissing(f"索引版本“{version}”不在。", "请运行 policyqa ingest。")
    return version
