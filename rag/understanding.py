"""Understanding a question before anything is searched: its language, what it leans on, its intent, what it names."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.corpus import Corpus, CorpusNotice
from rag.answer import Intent
from rag.asking import asking_clauses, asks
from rag.attack import honest_part
from rag.detail import missing_details
from rag.dialogue import Dialogue
from rag.differences import asked_differences
from rag.form import FormReader
from rag.intent import recognise, shows
from rag.leaning import shows as shows_in_dialogue
from rag.level import names_both_levels
from rag.listing import read_listing
from rag.lookup import Named, named_by_number, named_by_title, named_by_words
from rag.place import elsewhere
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.turn import WITHOUT_SOURCES, AskRequest, Turn

_BY_WORDS: tuple[Intent, ...] = ("lookup", "cooperating", "origin", "conflict", "levels")
"""Intents that are about a source which the question names, be it by its title; a story may quote titles in passing."""

_OF_SOURCES: tuple[Intent, ...] = ("which_office", "list", "structure")
"""Intents that become a look-up where a number is named."""


_SMALL_TALK = ("thanks", "greeting", "self", "abuse")
"""Cues of small talk."""

_WHOLE_NOTICE = ("every", "which_number", "enumerate", "department")
"""Cues that differences are asked for wherever they are."""

_SHORT = 40
"""A question of so few characters that says a whole title is about nothing else."""


class Understanding:
    """Understands questions about one corpus."""

    def __init__(self, corpus: Corpus, retriever: HybridRetriever) -> None:
        self._corpus = corpus
        self._forms = FormReader(corpus)
        self._dialogue = Dialogue(corpus, retriever)

    def understand(self, request: AskRequest) -> Turn:
        """The turn that a request begins. Raises BadQuestion or UnknownNotice."""
        notices = (self._corpus.notice(request.notice_id),) if request.notice_id else self._corpus.notices
        question = read_question(request.question, request.language)
        said = question.text
        form = self._forms.read(said)
        intent = recognise(form)
        if request.history and shows("thanks", form) and not asks(said):
            intent = "chitchat"
        is_attack = intent == "injection"
        if is_attack and (honest := honest_part(said)):
            said, intent = honest, "which_office"
            question = replace(question, text=said)
        # Half a question is easily taken for small talk; in a conversation it goes on with what was said.
        if request.history and intent == "chitchat" and not any(shows(cue, form) for cue in _SMALL_TALK):
            intent = "which_office"
        if request.history and intent not in WITHOUT_SOURCES:
            question = replace(question, text=self._dialogue.stand_alone(question, request.history, request.notice_id))
        leans, plain = question.text != said, intent
        form = self._forms.read(question.text)
        if leans and (whole := recognise(form)) != "which_office" and whole not in WITHOUT_SOURCES:
            intent = whole
        if intent in WITHOUT_SOURCES:
            return Turn(request, question, said, intent)
        named = self._named(question.text, intent, notices)
        listing = read_listing(question.text, self._corpus, request.notice_id)
        if intent == "levels" and shows("origin", form):
            intent = "origin"
        if intent in ("which_office", "structure") and not named and names_both_levels(" ".join(asking_clauses(said))):
            intent = "levels"
        asks_more = named is not None and plain == "which_office" and not shows("which_number", form)
        if named and intent in _OF_SOURCES:
            intent = "lookup"
        # Measures without cooperating departments, or of one part, are asked for in the words of other intents.
        if listing and (
            (intent == "cooperating" and listing.without_cooperating)
            or (intent == "structure" and listing.conditions.category)
        ):
            intent = "list"
        # Beside “all of them”, a question for the number, or about a department, is about the notice as a whole.
        is_about_all = intent == "conflict" and not named and any(shows(cue, form) for cue in _WHOLE_NOTICE)
        other = elsewhere(said, notices[0].notice.issued_on.year)
        if other and (intent == "list" or (leans and named)):
            intent = "other_place"
        return Turn(
            request,
            question,
            said,
            intent,
            elsewhere=other,
            named=named,
            asks_more=asks_more,
            differences=asked_differences(said, notices[0].notice, self._corpus.departments) if is_about_all else (),
            is_attack=is_attack,
            is_about_notice=any(shows(cue, form) for cue in ("star", "structure", "front")),
            compares=shows_in_dialogue("compare", said),
            listing=listing if intent == "list" and not missing_details(said, "") else None,
        )

    def _named(self, text: str, intent: Intent, notices: Sequence[CorpusNotice]) -> Named | None:
        if found := named_by_number(text, notices):
            return found
        if intent in _BY_WORDS:
            return named_by_words(text, notices)
        return named_by_title(text, notices) if len(text) <= _SHORT else None
