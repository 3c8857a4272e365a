"""How far the loaded notices reach: what they do not answer is declined, and whose answer one is comes first."""

from collections.abc import Iterator, Sequence

from ingest.corpus import Corpus, CorpusNotice
from ingest.notice import Notice
from rag.notice_facts import notice_facts, place_of
from rag.phrases import Phrases, phrases_for
from rag.place import Elsewhere
from rag.question import Language
from rag.scope import Scope

_MANY = 8
"""So many places or notices are named; of more, their number."""


class ReachComposer:
    """Composes, in one language, what is said of a corpus as a whole."""

    def __init__(self, corpus: Corpus, language: Language) -> None:
        self._corpus = corpus
        self._phrases: Phrases = phrases_for(language)

    def no_evidence(self, scope: Scope) -> str:
        """The notices that the question is about have nothing on this."""
        if len(scope.notices) == 1 and scope.first.place == self._corpus.home:
            return self._phrases.say("no_evidence")
        return self._phrases.say("no_evidence_of", places=self._listed([place.name for place in scope.places]))

    def out_of_scope(self, entry: CorpusNotice, found: Elsewhere, nearby: Sequence[CorpusNotice] = ()) -> str:
        """Another place, year or document is asked about; ``nearby`` are the notices of places inside that place."""
        say, notices = self._phrases.say, self._corpus.notices
        if len(notices) == 1:
            template = "other_document" if found.is_document else "out_of_scope"
            return say(template, name=found.name, region=entry.region, **notice_facts(entry.notice, self._phrases))
        if found.is_document:
            titles = [f"《{each.notice.title}》" for each in notices if each.place == entry.place]
            return say("other_document_several", name=found.name, titles=self._listed(titles))
        places = dict.fromkeys(place.name for place in self._corpus.registers.by_region if place.name)
        denial = say("out_of_scope_several", name=found.name, places=self._listed(list(places)))
        hints = (
            say("nearby", name=found.name, place=each.region, title=each.notice.title, short=each.place.short)
            for each in nearby[:_MANY]
        )
        return "\n\n".join((denial, *hints))

    def chitchat(self, notice: Notice) -> str:
        """A greeting in return, and what can be asked."""
        return self._phrases.say("chitchat", **notice_facts(notice, self._phrases))

    def announced(self, entries: Sequence[CorpusNotice]) -> Iterator[str]:
        """Whose notices the answer is from, if not the home region's: nobody may take other offices for his own."""
        say, home = self._phrases.say, self._corpus.home
        if all(entry.place == home for entry in entries):
            return
        if len(entries) > 1:
            named = [
                say("notice_of", place=place_of(entry, self._phrases), title=entry.notice.title) for entry in entries
            ]
            yield say("from_several", notices=self._listed(named))
            return
        (entry,) = entries
        template = "wider" if entry.place.contains(home) else "foreign"
        yield say(template, place=place_of(entry, self._phrases), home=home.name, title=entry.notice.title)

    def blocked(self) -> str:
        """An instruction that is not followed, and not repeated."""
        return self._phrases.say("blocked")

    def _listed(self, items: Sequence[str]) -> str:
        """Items in a row; of very many the first few and their number."""
        named = self._phrases.join(tuple(items[:_MANY]))
        return named if len(items) <= _MANY else self._phrases.say("and_more", items=named, count=len(items))
