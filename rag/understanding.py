"""Understanding a question before anything is searched: its language, what it leans on, its intent, what it names."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.corpus import Corpus, CorpusNotice
from rag.annotation import Annotations
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
from rag.listing import Listing, read_listing
from rag.lookup import Named, named_by_number, named_by_title, named_by_words
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.scope import ScopeReader
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

    def __init__(self, corpus: Corpus, retriever: HybridRetriever, annotations: Annotations) -> None:
        self._corpus = corpus
        self._annotations = annotations
        self._forms = FormReader(corpus)
        self._scopes = ScopeReader(corpus)
        self._dialogue = Dialogue(corpus, retriever, self._scopes)

    def understand(self, request: AskRequest) -> Turn:
        """The turn that a request begins. Raises BadQuestion or UnknownNotice."""
        turn = self._stand_alone(self._hear(request))
        scope, notices = turn.scope, turn.scope.notices
        # What a reviewer has settled need not be recognised again; an attack is never followed.
        is_honest = turn.intent != "injection" and not turn.is_attack
        if is_honest and (annotation := self._annotations.find(turn.question.text, scope.ids)):
            return replace(turn, intent="which_office", annotation=annotation)
        if turn.intent in WITHOUT_SOURCES:
            return turn
        form = self._forms.read(turn.question.text, scope)
        named = self._named(turn.question.text, turn.intent, notices)
        listing = read_listing(turn.question.text, self._corpus, scope)
        intent = _refined(turn, form, named, listing)
        other = scope.elsewhere
        if other and (intent == "list" or (turn.leans and named)):
            intent = "other_place"
        # Beside “all of them”, a question for the number, or about a department, is about the notice as a whole.
        is_about_all = intent == "conflict" and not named and any(shows(cue, form) for cue in _WHOLE_NOTICE)
        departments = self._corpus.register_of(scope.first)
        return replace(
            turn,
            intent=intent,
            elsewhere=other,
            nearby=self._scopes.around(other.name) if other and not other.is_document else (),
            named=named,
            asks_more=named is not None and turn.intent == "which_office" and not shows("which_number", form),
            differences=asked_differences(turn.said, scope.first.notice, departments) if is_about_all else (),
            is_about_notice=any(shows(cue, form) for cue in ("star", "structure", "front")),
            compares=shows_in_dialogue("compare", turn.said),
            listing=listing if intent == "list" and not missing_details(turn.said, "") else None,
        )

    def _hear(self, request: AskRequest) -> Turn:
        """What was said, by itself: the intent that its form shows; of an attack only what it honestly asks."""
        question = read_question(request.question, request.language)
        scope = self._scopes.read(question.text, request.notice_id)
        form = self._forms.read(question.text, scope)
        intent = recognise(form)
        if intent == "injection" and (honest := honest_part(question.text)):
            honest_scope = self._scopes.read(honest, request.notice_id)
            return Turn(request, replace(question, text=honest), honest, honest_scope, is_attack=True)
        if request.history and shows("thanks", form) and not asks(question.text):
            intent = "chitchat"
        # Half a question is easily taken for small talk; in a conversation it goes on with what was said.
        elif request.history and intent == "chitchat" and not any(shows(cue, form) for cue in _SMALL_TALK):
            intent = "which_office"
        return Turn(request, question, question.text, scope, intent)

    def _stand_alone(self, turn: Turn) -> Turn:
        """The question made to stand alone; an intent that only shows in the whole of it counts."""
        request = turn.request
        if not request.history or turn.intent in WITHOUT_SOURCES:
            return turn
        text, scope = self._dialogue.stand_alone(turn.question, request.history, request.notice_id)
        turn = replace(turn, question=replace(turn.question, text=text), scope=scope)
        whole = recognise(self._forms.read(text, scope))
        is_told = turn.leans and whole not in ("which_office", "lookup", *WITHOUT_SOURCES)
        return replace(turn, intent=whole) if is_told else turn

    def _named(self, text: str, intent: Intent, notices: Sequence[CorpusNotice]) -> Named | None:
        if found := named_by_number(self._scopes.names.without_titles(text), notices):
            return found
        if intent in _BY_WORDS:
            return named_by_words(text, notices)
        return named_by_title(text, notices) if len(text) <= _SHORT else None


def _refined(turn: Turn, form: str, named: Named | None, listing: Listing | None) -> Intent:
    """The intent in the light of what the question names."""
    intent = turn.intent
    if intent == "levels" and shows("origin", form):
        return "origin"
    if named and intent in _OF_SOURCES:
        return "lookup"
    if intent in ("which_office", "structure") and names_both_levels(" ".join(asking_clauses(turn.said))):
        return "levels"
    # Measures without cooperating departments, or of one part, are asked for in the words of other intents.
    if listing and intent == "cooperating" and listing.without_cooperating:
        return "list"
    if listing and intent == "structure" and listing.conditions.category:
        return "list"
    return intent
