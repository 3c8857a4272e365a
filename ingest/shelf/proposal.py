"""A file as it was understood, and what publishing it would come to; nothing is written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ingest.document import Document, read_bytes, read_content
from ingest.notice import Source
from ingest.parsed import Oddity, Parsed
from ingest.parser import parse
from ingest.settings import Settings
from ingest.shelf.correction import Correction, Wanted
from ingest.shelf.correction_file import load_corrections
from ingest.shelf.corrections import apply, proposed
from ingest.shelf.kept import TEXT
from ingest.shelf.notice_id import checked_id, guessed_id
from ingest.shelf.stated import Stated, stated_notices
from ingest.succession import SAME_SERIES, same_series

Outcome = Literal["new", "update", "unchanged"]
NO_WISHES: Wanted = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its name and content, the document, and what that says without any correction."""

    name: str
    content: bytes
    document: Document
    raw: Parsed

    @property
    def sha256(self) -> str:
        """Tells whether two files are the same."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be published: the notice with corrections, under its id, in place of ``before``, if that is there.

    ``unchanged``: the same file with the same corrections is there. ``supersedes`` is the older notice of its series.
    """

    reading: Reading
    id: str
    parsed: Parsed
    corrections: tuple[Correction, ...]
    outcome: Outcome
    supersedes: str
    before: Stated | None

    @property
    def stated(self) -> Stated:
        """What notice.toml is to say. The region that was stated before is kept where it says more."""
        notice, before = self.parsed.notice, self.before or Stated()
        says_more = before.region.endswith(self.parsed.region)
        return Stated(
            title=notice.title,
            issuer=notice.issuer,
            issued_on=notice.issued_on,
            document_number=notice.document_number,
            region=before.region if says_more and before.region else self.parsed.region,
            year=self.parsed.year,
            supersedes=self.supersedes,
            source=before.source,
            file=self.reading.name,
            sha256=self.reading.sha256,
            accepted=before.accepted,
        )

    @property
    def open_oddities(self) -> tuple[Oddity, ...]:
        """The oddities that nobody has accepted yet."""
        accepted = self.before.accepted if self.before else ()
        return tuple(each for each in self.parsed.oddities if each.message not in accepted)

    @property
    def needs_a_look(self) -> bool:
        """Whether there is anything that a person should look at."""
        return bool(self.open_oddities or self.parsed.doubtful)


def read_file(path: Path) -> Reading:
    """Read a notice. Raises CorpusError, DocumentRefused or NoticeError."""
    return read_upload(path.name, read_bytes(path))


def read_upload(name: str, content: bytes) -> Reading:
    """The same of a file that was handed in. Raises CorpusError, DocumentRefused or NoticeError."""
    document = read_content(name, content)
    return Reading(name, content, document, parse(document))


def propose(
    settings: Settings,
    reading: Reading,
    notice_id: str = "",
    wanted: Wanted = NO_WISHES,
    others: Mapping[str, Stated] | None = None,
) -> Proposal:
    """What publishing the file would come to; without an id one is found, see ``guessed_id``.

    ``others`` are the notices that it would join; by default those of the corpus. Raises BadNoticeId, BadCorrection
    or CorpusError.
    """
    shelf = dict(stated_notices(settings.corpus_dir)) if others is None else dict(others)
    # The year and the region may have been put right, so the id is guessed from what is wanted.
    fresh = proposed(reading.raw, wanted)
    own = checked_id(notice_id) if notice_id else _free_id(settings, reading, apply_to(reading, fresh), shelf)
    kept = load_corrections(settings.corpus_dir / own)
    corrections = proposed(reading.raw, wanted, kept)
    parsed = apply_to(reading, corrections)
    before = shelf.pop(own, None)
    is_same = before is not None and _is_same(settings, own, before, reading) and corrections == kept
    outcome: Outcome = "new" if before is None else "unchanged" if is_same else "update"
    proposal = Proposal(reading, own, parsed, corrections, outcome, before.supersedes if before else "", before)
    return proposal if proposal.supersedes else replace(proposal, supersedes=_older(proposal, shelf))


def apply_to(reading: Reading, corrections: tuple[Correction, ...]) -> Parsed:
    """What a file says with corrections. Raises BadCorrection."""
    return apply(reading.raw, corrections, reading.document)


def citable(parsed: Parsed) -> tuple[Source, ...]:
    """The measures and municipal items."""
    return (*parsed.notice.measures, *parsed.notice.municipal_items)


def _free_id(settings: Settings, reading: Reading, parsed: Parsed, shelf: Mapping[str, Stated]) -> str:
    """The guessed id, or with a number behind it if another notice has it already."""
    guessed = guessed_id(parsed)
    for number in range(1, len(shelf) + 2):
        own = guessed if number == 1 else f"{guessed}-{number}"
        there = shelf.get(own)
        if there is None or there.title == parsed.notice.title or _is_same(settings, own, there, reading):
            break
    return own


def _is_same(settings: Settings, notice_id: str, there: Stated, reading: Reading) -> bool:
    if there.sha256:
        return there.sha256 == reading.sha256
    # Put there by hand: the text itself is the file.
    path = settings.corpus_dir / notice_id / TEXT
    return path.is_file() and path.read_bytes() == reading.content


def _older(proposal: Proposal, shelf: Mapping[str, Stated]) -> str:
    """The newest of the older notices of the same series; empty if there is none."""
    own = proposal.stated
    if own.issued_on is None:
        return ""
    older = [
        (there.issued_on, notice_id)
        for notice_id, there in shelf.items()
        if there.issued_on and there.issued_on < own.issued_on and same_series(own, there) >= SAME_SERIES
    ]
    return max(older)[1] if older else ""
