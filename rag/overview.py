"""Answers about the catalogue as a whole: lists and counts, the outline, and where body and annex differ."""

from collections.abc import Iterator, Sequence

from ingest.corpus import CorpusNotice
from ingest.notice import Notice, Source
from rag.compose import notice_facts
from rag.listing import Listing
from rag.phrases import Phrases, phrases_for
from rag.question import Language


class OverviewComposer:
    """Writes overviews in one language, from the catalogue alone."""

    def __init__(self, language: Language) -> None:
        self._phrases: Phrases = phrases_for(language)

    def listing(self, listing: Listing) -> str:
        """Count and conditions, then every measure and item, parted by the department's role where one was named."""
        conditions = "".join(self._conditions(listing))
        if not listing.found:
            return self._phrases.say("list_none", conditions=conditions)
        head = self._phrases.say("list_count", count=len(listing.found), conditions=conditions)
        if len(listing.groups) > 1:
            return "\n\n".join((head, *self._groups(listing)))
        return f"{head}\n\n{self._lines([source for _, source in listing.found])}"

    def structure(self, notice: Notice) -> str:
        """The notice's own facts and its outline with the range of measures of each section."""
        say = self._phrases.say
        lines = []
        for part in notice.parts:
            lines.append(say("structure_part", label=part.label))
            for section in part.sections:
                numbers = [source.number for source in notice.measures if section in source.outline]
                first, last = (self._phrases.label("measure", number) for number in (numbers[0], numbers[-1]))
                reach = first if first == last else f"{first}–{last}"
                lines.append(say("structure_section", label=section, range=reach))
        facts = notice_facts(notice)
        quote = f"> {notice.of_kind('notice')[0].text}"
        return "\n\n".join((say("notice_facts", **facts), "\n".join(lines), say("structure_annexes", **facts), quote))

    def discrepancies(self, notice: Notice) -> str:
        """Everything that body and annex print differently, both versions."""
        lines = [
            self._phrases.say(
                "discrepancy_line",
                label=self._phrases.label(source.kind, source.number),
                field=self._phrases.field(difference.field),
                body=difference.body,
                annex=difference.annex,
            )
            for source, difference in notice.discrepancies()
        ]
        return "\n\n".join((self._phrases.say("discrepancies", count=len(lines)), "\n".join(lines)))

    def _conditions(self, listing: Listing) -> Iterator[str]:
        wanted = listing.conditions
        if listing.departments:
            role = wanted.role if wanted.role in ("lead", "cooperating") else "department"
            names = self._phrases.join(tuple(department.name for department in listing.departments))
            yield self._phrases.say(f"condition_{role}", name=names)
        if wanted.category:
            yield self._phrases.say("condition_category", name=wanted.category)
        if wanted.starred is not None:
            yield self._phrases.say("condition_starred" if wanted.starred else "condition_unstarred")

    def _groups(self, listing: Listing) -> Iterator[str]:
        for role, found in listing.groups:
            head = self._phrases.say("list_group", role=self._phrases.say(f"role_{role}"), count=len(found))
            yield f"{head}\n\n{self._lines([source for _, source in found])}"

    def _lines(self, sources: Sequence[Source]) -> str:
        return "\n".join(
            self._phrases.say(
                "list_line",
                label=self._phrases.label(source.kind, source.number),
                title=source.title,
                star="★" if source.starred else "",
                departments=self._phrases.join(source.lead or source.responsible),
            )
            for source in sources
        )


def whole_notice(entry: CorpusNotice) -> Source:
    """The source that stands for the notice itself."""
    return entry.notice.of_kind("notice")[0]
