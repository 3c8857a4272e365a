"""Answers about the catalogue as a whole: lists and counts, the outline, and where body and annex differ."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.corpus import CorpusNotice
from ingest.notice import Notice, Source
from rag.differences import Differences
from rag.listing import Found, Listing
from rag.notice_facts import notice_facts, of_notice
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
        if self._is_of_responsible(listing):
            head = f"{head}\n\n{self._phrases.say('list_responsible')}"
        if not listing.conditions.category:
            return f"{head}\n\n{self._lines(listing.found)}"
        # What stands under one heading is parted by the headings below it.
        by_section = groupby(listing.found, key=lambda pair: pair[1].outline[-1])
        return "\n\n".join((head, *(f"**{label}**\n\n{self._lines(tuple(found))}" for label, found in by_section)))

    def structure(self, notice: Notice) -> str:
        """The notice's own facts, its outline with the range and count of every heading, its annexes, what ★ means."""
        say, text = self._phrases.say, notice.of_kind("notice")[0].text
        number = notice.document_number or say("structure_no_number")
        paragraphs = (
            say("notice_facts", **notice_facts(notice, self._phrases)),
            say("structure_document", addressees=notice.addressees or say("structure_no_addressees"), number=number),
            "\n".join(self._outline(notice)),
            "\n".join((*self._annexes(notice), *self._annex_outline(notice))),
            *self._stars(notice),
            f"> {text}" if text else "",
        )
        return "\n\n".join(filter(None, paragraphs))

    def differences(self, differences: Differences) -> str:
        """What body and annex print differently, both versions."""
        lines = [
            self._phrases.say(
                "discrepancy_line",
                label=self._phrases.label(source.kind, source.number),
                field=self._phrases.field(difference.field),
                body=difference.body,
                annex=difference.annex,
            )
            for source, difference in differences
        ]
        return "\n\n".join((self._phrases.say("discrepancies", count=len(lines)), "\n".join(lines)))

    def _stars(self, notice: Notice) -> Iterator[str]:
        """What ★ means, where the notice has it."""
        starred = sum(bool(source.starred) for source in notice.measures)
        if any(source.starred is not None for source in notice.measures):
            yield self._phrases.say("structure_star", starred=starred, unstarred=len(notice.measures) - starred)

    def _outline(self, notice: Notice) -> Iterator[str]:
        for part in notice.parts:
            yield self._heading("structure_part", part.label, notice.measures)
            for section in part.sections:
                yield self._heading("structure_section", section, notice.measures)

    def _annexes(self, notice: Notice) -> Iterator[str]:
        for annex in notice.annexes:
            yield self._phrases.say("structure_annex", number=annex.number, title=annex.title, note=annex.note)

    def _annex_outline(self, notice: Notice) -> Iterator[str]:
        labels = dict.fromkeys(label for item in notice.municipal_items for label in item.outline[1:])
        for label in labels:
            yield self._heading("structure_annex_part", label, notice.municipal_items)

    def _heading(self, template: str, label: str, sources: Sequence[Source]) -> str:
        """A heading with the range and the count of what stands below it."""
        below = [source for source in sources if label in source.outline]
        first, last = (self._phrases.label(source.kind, source.number) for source in (below[0], below[-1]))
        reach = first if first == last else f"{first}–{last}"
        return self._phrases.say(template, label=label, range=reach, count=len(below))

    def _conditions(self, listing: Listing) -> Iterator[str]:
        filtered = listing.conditions
        by_role = groupby(listing.wanted, key=lambda wanted: wanted.role)
        for role, wanted in by_role:
            names = self._phrases.join(tuple(each.department.name for each in wanted))
            is_open = role == "lead" and self._is_of_responsible(listing)
            condition = "lead_or_responsible" if is_open else role or "department"
            yield self._phrases.say(f"condition_{condition}", name=names)
        if listing.leads:
            template = "condition_leads_or_more" if listing.leads.more else "condition_leads"
            yield self._phrases.say(template, count=listing.leads.count)
        if listing.without_cooperating:
            yield self._phrases.say("condition_without_cooperating")
        if filtered.category:
            yield self._phrases.say("condition_category", name=filtered.category)
        if filtered.starred is not None:
            yield self._phrases.say("condition_starred" if filtered.starred else "condition_unstarred")

    def _groups(self, listing: Listing) -> Iterator[str]:
        for role, found in listing.groups:
            head = self._phrases.say("list_group", role=self._phrases.say(f"role_{role}"), count=len(found))
            yield f"{head}\n\n{self._lines(found)}"

    def _is_of_responsible(self, listing: Listing) -> bool:
        """Whether a list of what an office leads holds what it is only responsible for."""
        asks_lead = any(each.role == "lead" for each in listing.wanted)
        return asks_lead and any(not source.lead for _, source in listing.found)

    def _lines(self, found: Found) -> str:
        is_mixed = len({entry.id for entry, _ in found}) > 1
        return "\n".join(
            self._line(source) + (of_notice(entry, self._phrases) if is_mixed else "") for entry, source in found
        )

    def _line(self, source: Source) -> str:
        template = "list_line" if source.lead else "list_line_responsible" if source.responsible else "list_line_nobody"
        return self._phrases.say(
            template,
            label=self._phrases.label(source.kind, source.number),
            title=source.title,
            star="★" if source.starred else "",
            departments=self._phrases.join(source.lead or source.responsible),
        )


def whole_notice(entry: CorpusNotice) -> Source:
    """The source that stands for the notice itself."""
    return entry.notice.of_kind("notice")[0]
