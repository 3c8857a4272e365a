"""Writing the answer from the catalogue. No number, title or department comes from anywhere else."""

from collections.abc import Iterator, Sequence

from ingest.corpus import CorpusNotice
from ingest.departments import DepartmentRegister
from ingest.notice import Notice, Source
from rag.answer import Citation, Intent, Wording
from rag.gloss import quote_gloss
from rag.lookup import Named
from rag.phrases import Phrases, phrases_for
from rag.place import Elsewhere
from rag.premise import FalsePremise
from rag.question import Language

_OPEN_ENDED = "等相关部门"


class Composer:
    """Composes answers in one language."""

    def __init__(self, departments: DepartmentRegister, language: Language) -> None:
        self._departments = departments
        self._language = language
        self._phrases: Phrases = phrases_for(language)

    def answered(
        self,
        citations: Sequence[Citation],
        related: Sequence[Citation],
        intent: Intent = "which_office",
        premises: Sequence[FalsePremise] = (),
        compares: bool = False,
    ) -> Wording:
        """False premises corrected, what was asked for, then for each source department, number, cooperating, quote."""
        sources = [citation.source for citation in citations]
        opening = (
            *self._corrected(premises),
            *(self._compared(sources) if compares and len(sources) > 1 else ()),
            *(line for source in sources for line in self._asked_for(source, intent)),
        )
        return Wording("\n\n".join(opening), "\n\n".join(self._cards(citations, related)))

    def partial(
        self,
        citations: Sequence[Citation],
        related: Sequence[Citation],
        missing: tuple[str, ...],
        premises: Sequence[FalsePremise] = (),
    ) -> Wording:
        """What the notice lacks and how to reach who may know, false premises corrected, then what it does say."""
        gap = self._phrases.say("partial", missing=self._phrases.join(missing))
        corrected, contacts = self._corrected(premises), self._contacts(citations[0])
        opening = "\n\n".join((gap, *contacts, *corrected))
        return Wording(opening, "\n\n".join(self._cards(citations, related)))

    def clarify(self, citations: Sequence[Citation]) -> str:
        """Several measures fit and different offices lead them: one line each, and the question which is meant."""
        lines = (
            self._phrases.say(
                "choice",
                place=place,
                label=self._phrases.label(citation.source.kind, citation.source.number),
                title=citation.source.title,
                departments=self._names(citation.source.lead or citation.source.responsible),
            )
            for place, citation in enumerate(citations, start=1)
        )
        return "\n\n".join((self._phrases.say("clarify"), *lines))

    def no_evidence(self) -> str:
        """The notice has nothing on this."""
        return self._phrases.say("no_evidence")

    def out_of_scope(self, entry: CorpusNotice, found: Elsewhere) -> str:
        """Another place, year or document is asked about."""
        template = "other_document" if found.is_document else "out_of_scope"
        return self._phrases.say(template, name=found.name, region=entry.region, **notice_facts(entry.notice))

    def chitchat(self, notice: Notice) -> str:
        """A greeting in return, and what can be asked."""
        return self._phrases.say("chitchat", **notice_facts(notice))

    def blocked(self) -> str:
        """An instruction that is not followed, and not repeated."""
        return self._phrases.say("blocked")

    def no_such_number(self, named: Named, citations: Sequence[Citation]) -> str:
        """The question names a number that the notice does not have; beside it perhaps one that it has."""
        notice = named.notice.notice
        labels = tuple(
            self._phrases.label("municipal_item" if key[0] == "A" else "measure", int(key[1:])) for key in named.unknown
        )
        denial = self._phrases.say("no_such_number", label=self._phrases.join(labels), **notice_facts(notice))
        return "\n\n".join((denial, *self._cards([each for each in citations if each.source.number], ())))

    def _compared(self, sources: Sequence[Source]) -> Iterator[str]:
        """Whether the leads are the same, and which departments are in all of them."""
        leads = [set(self._departments.canonical(source.lead or source.responsible)) for source in sources]
        if all(each == leads[0] for each in leads):
            yield self._phrases.say("same_leads")
            return
        shared = tuple(name for name in sources[0].lead if all(name in each for each in leads))
        yield (
            self._phrases.say("shared_leads", departments=self._names(shared))
            if shared
            else self._phrases.say("different_leads")
        )

    def _asked_for(self, source: Source, intent: Intent) -> Iterator[str]:
        """The line that answers an intent other than the ordinary one."""
        say, label = self._phrases.say, self._phrases.label(source.kind, source.number)
        if intent in ("lookup", "structure") and source.outline:
            yield say("place", label=label, outline=" › ".join(source.outline))
        if intent == "cooperating" and source.cooperating:
            yield say("cooperating_first", departments=self._names(source.cooperating), label=label, title=source.title)
        elif intent == "cooperating":
            yield say("no_cooperating", label=label)
        elif intent == "origin" and source.kind != "notice":
            origins = {True: "origin_own", False: "origin_city", None: "origin_municipal"}
            yield say(origins[source.starred], label=label)
        elif intent == "conflict" and not source.discrepancies:
            yield say("no_discrepancy", label=label)

    def _corrected(self, premises: Sequence[FalsePremise]) -> Iterator[str]:
        for premise in premises:
            yield self._phrases.say(premise.kind, said=premise.said, printed=premise.printed)

    def _contacts(self, citation: Citation) -> Iterator[str]:
        """How to reach the leading departments, as far as the operator filled it in: it is not in the notice."""
        source = citation.source
        for name in self._departments.canonical(source.lead or source.responsible):
            if contact := citation.notice.contacts.get(name):
                known = {"phone": contact.phone, "address": contact.address, "hours": contact.hours}
                told = tuple(
                    self._phrases.say(f"contact_{kind}", value=value) for kind, value in known.items() if value
                )
                yield self._phrases.say("contact", department=name, details=self._phrases.join(told))

    def _cards(self, citations: Sequence[Citation], related: Sequence[Citation]) -> Iterator[str]:
        for citation in citations:
            yield from self._card(citation)
        if related:
            items = tuple(self._phrases.reference(other.source) for other in related)
            yield self._phrases.say("related", items=self._phrases.join(items))

    def _card(self, citation: Citation) -> Iterator[str]:
        say, source, notice = self._phrases.say, citation.source, citation.notice.notice
        label = self._phrases.label(source.kind, source.number)
        if source.kind == "notice":
            yield say("notice_facts", **notice_facts(notice))
        else:
            yield from self._responsibility(source, label)
        yield say("evidence")
        quoted = [citation.quote, say("source", label=label, **notice_facts(notice))]
        if gloss := quote_gloss(citation, self._language):
            quoted.append(say("gloss", who=self._phrases.join(gloss.reviewed_by), gloss=gloss.text))
        yield "\n>\n".join(f"> {line}" for line in quoted)
        for discrepancy in source.discrepancies:
            yield say(
                "discrepancy",
                field=self._phrases.field(discrepancy.field),
                body=discrepancy.body,
                annex=discrepancy.annex,
            )

    def _responsibility(self, source: Source, label: str) -> Iterator[str]:
        leads = source.lead or source.responsible
        role = "municipal_lead" if source.kind == "municipal_item" else "lead" if source.lead else "responsible"
        yield self._phrases.say(role, departments=self._names(leads), label=label, title=source.title)
        known = [self._departments.find(name) for name in leads]
        if all(department and department.collective for department in known):
            yield self._phrases.say("collective", departments=self._phrases.join(leads))
        if any(name.endswith(_OPEN_ENDED) and name != _OPEN_ENDED for name in leads):
            yield self._phrases.say("open_ended")
        if source.cooperating:
            yield self._phrases.say("cooperating", departments=self._names(source.cooperating))

    def _names(self, printed: tuple[str, ...]) -> str:
        if self._language != "en":
            return self._phrases.join(printed)
        known = ((name, self._departments.find(name)) for name in printed)
        return self._phrases.join(
            tuple(f"{name} ({found.english}, unofficial translation)" if found else name for name, found in known)
        )


def notice_facts(notice: Notice) -> dict[str, object]:
    """What templates may say of a notice."""
    return {
        "title": notice.title,
        "issuer": notice.issuer,
        "year": notice.issued_on.year,
        "month": notice.issued_on.month,
        "day": notice.issued_on.day,
        "parts": len(notice.parts),
        "sections": notice.section_count,
        "measures": len(notice.measures),
        "items": len(notice.municipal_items),
    }
