"""Writing the answer from the catalogue. No number, title or department comes from anywhere else."""

from collections.abc import Iterator, Sequence
from functools import partial

from ingest.corpus import Corpus, CorpusNotice
from ingest.notice import Notice, Source
from rag.answer import Citation, Intent, Wording
from rag.duties import duties
from rag.gloss import quote_gloss
from rag.lookup import Named
from rag.notice_facts import notice_facts, of_notice
from rag.phrases import Phrases, phrases_for
from rag.premise import FalsePremise
from rag.question import Language
from rag.years import lines_of_years


class Composer:
    """Composes answers in one language."""

    def __init__(self, corpus: Corpus, language: Language) -> None:
        self._corpus = corpus
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
        opening = (
            *self._corrected(premises),
            *(self._compared(citations) if compares and len(citations) > 1 else ()),
            *(line for citation in citations for line in self._asked_for(citation, intent)),
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
        source = citations[0].source
        is_told = source.kind == "notice" or source.lead or source.responsible or source.cooperating
        gap = self._phrases.say("partial" if is_told else "partial_nobody", missing=self._phrases.join(missing))
        corrected, contacts = self._corrected(premises), self._contacts(citations[0])
        opening = "\n\n".join((gap, *contacts, *corrected))
        return Wording(opening, "\n\n".join(self._cards(citations, related)))

    def clarify(self, citations: Sequence[Citation]) -> str:
        """Several measures fit and different offices lead them: one line each, and the question which is meant."""
        say, is_mixed = self._phrases.say, len({citation.notice.id for citation in citations}) > 1
        lines = (
            say(
                "choice",
                place=place,
                label=self._phrases.label(citation.source.kind, citation.source.number),
                title=citation.source.title,
                departments=self._in_charge(citation) + (self._of_notice(citation.notice) if is_mixed else ""),
            )
            for place, citation in enumerate(citations, start=1)
        )
        all_lead = all(citation.source.lead for citation in citations)
        return "\n\n".join((say("clarify" if all_lead else "clarify_responsible"), *lines))

    def no_such_number(self, named: Named, citations: Sequence[Citation]) -> str:
        """The question names a number that the notice does not have; beside it perhaps one that it has."""
        notice = named.notice.notice
        labels = tuple(
            self._phrases.label("municipal_item" if key[0] == "A" else "measure", int(key[1:])) for key in named.unknown
        )
        denial = self._phrases.say("no_such_number", label=self._phrases.join(labels), **self._facts(notice))
        return "\n\n".join((denial, *self._cards([each for each in citations if each.source.number], ())))

    def _compared(self, citations: Sequence[Citation]) -> Iterator[str]:
        """Whether the leads are the same, and which departments are in all of them."""
        leads = [set(self._canonical(citation)) for citation in citations]
        role = "leads" if all(citation.source.lead for citation in citations) else "responsible"
        if all(each == leads[0] for each in leads):
            yield self._phrases.say(f"same_{role}")
            return
        first = citations[0]
        shared = tuple(name for name in _in_charge(first.source) if all(name in each for each in leads))
        yield (
            self._phrases.say(f"shared_{role}", departments=self._names(shared, first.notice))
            if shared
            else self._phrases.say(f"different_{role}")
        )

    def _asked_for(self, citation: Citation, intent: Intent) -> Iterator[str]:
        """The line that answers an intent other than the ordinary one."""
        source, say = citation.source, self._phrases.say
        label = self._phrases.label(source.kind, source.number)
        if intent in ("lookup", "structure") and source.outline:
            yield say("place", label=label, outline=" › ".join(source.outline))
        if intent == "cooperating" and source.cooperating:
            names = self._names(source.cooperating, citation.notice)
            yield say("cooperating_first", departments=names, label=label, title=source.title)
        elif intent == "cooperating":
            yield say("no_cooperating", label=label)
        elif intent == "origin" and source.kind != "notice":
            unmarked = "origin_municipal" if source.kind == "municipal_item" else "origin_untold"
            origins = {True: "origin_own", False: "origin_city", None: unmarked}
            yield say(origins[source.starred], label=label)
        elif intent == "conflict" and not source.discrepancies:
            yield say("no_discrepancy", label=label)

    def _corrected(self, premises: Sequence[FalsePremise]) -> Iterator[str]:
        for premise in premises:
            yield self._phrases.say(premise.kind, said=premise.said, printed=premise.printed)

    def _contacts(self, citation: Citation) -> Iterator[str]:
        """How to reach the leading departments, as far as the operator filled it in: it is not in the notice."""
        for name in self._canonical(citation):
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
            held = {citation.notice.id for citation in citations}
            items = tuple(
                self._phrases.reference(other.source)
                + ("" if other.notice.id in held else self._of_notice(other.notice))
                for other in related
            )
            yield self._phrases.say("related", items=self._phrases.join(items))

    def _card(self, citation: Citation) -> Iterator[str]:
        say, source, notice = self._phrases.say, citation.source, citation.notice.notice
        label, names = self._phrases.label(source.kind, source.number), partial(self._names, entry=citation.notice)
        if source.kind == "notice":
            yield say("notice_facts", **self._facts(notice))
        else:
            yield from duties(citation, self._phrases, names, self._corpus.register_of(citation.notice))
        yield from lines_of_years(citation, self._phrases, names)
        yield say("evidence")
        quoted = [citation.quote, say("source", label=label, **self._facts(notice))]
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

    def _in_charge(self, citation: Citation) -> str:
        printed = _in_charge(citation.source)
        return self._names(printed, citation.notice) if printed else self._phrases.say("choice_nobody")

    def _canonical(self, citation: Citation) -> tuple[str, ...]:
        return self._corpus.register_of(citation.notice).canonical(_in_charge(citation.source))

    def _of_notice(self, entry: CorpusNotice) -> str:
        return of_notice(entry, self._phrases)

    def _facts(self, notice: Notice) -> dict[str, object]:
        return notice_facts(notice, self._phrases)

    def _names(self, printed: tuple[str, ...], entry: CorpusNotice) -> str:
        if self._language != "en":
            return self._phrases.join(printed)
        known = ((name, self._corpus.register_of(entry).find(name)) for name in printed)
        return self._phrases.join(
            tuple(
                f"{name} ({found.english}, unofficial translation)" if found and found.english else name
                for name, found in known
            )
        )


def _in_charge(source: Source) -> tuple[str, ...]:
    """Who leads, else who is responsible."""
    return source.lead or source.responsible
