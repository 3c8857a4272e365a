"""Where the index lies on disk.

<data_dir>/index/
  current      name of the version in use, replaced in one step
  <version>/   manifest.json · corpus/ (the snapshot it was made from) · passages.json (digests)
               chroma/ (two collections)
               lexicon/ · bank/ (BM25 over the words of texts, of banked questions)
               sound/ · bank_sound/ (the same over their pinyin)
"""

from pathlib import Path

from ingest.errors import IndexMissing
from ingest.settings import Settings

CURRENT = "current"
SNAPSHOT, DIGESTS, CHROMA = "corpus", "passages.json", "chroma"
LEXICON, BANK, SOUND, BANK_SOUND = "lexicon", "bank", "sound", "bank_sound"

PASSAGES, QUESTIONS = "passages", "questions"
"""The two Chroma collections: passages of the notice, and banked questions."""


def index_dir(settings: Settings) -> Path:
    """The folder that holds all versions."""
    return settings.data_dir / "index"


def current_version(settings: Settings) -> str:
    """Name of the version in use. Raises IndexMissing if nothing has been published."""
    try:
        version = (index_dir(settings) / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing("索引还没有建立。", "请运行 policyqa ingest。") from error
    if not version or not (index_dir(settings) / version).is_dir():
        raise IndexMissing(f"索引版本“{version}”不在。", "请运行 policyqa ingest。")
    return version
