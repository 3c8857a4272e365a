"""Which template says what was found: the last step of the chain."""

from ingest.corpus import CorpusNotice
from ingest.departments import DepartmentRegister
from rag.answer import Wording
from rag.compose import Composer
from rag.overview import OverviewComposer
from rag.phrases import phrases_for
from rag.premise import false_premises
from rag.turn import Turn


def word(turn: Turn, entry: CorpusNotice, departments: DepartmentRegister) -> Wording:
    """The answer's words; ``entry`` is the notice that answers about the corpus as a whole are about."""
    composer = Composer(departments, turn.question.language)
    overview = OverviewComposer(turn.question.language)
    if turn.status == "blocked":
        return Wording(composer.blocked())
    if turn.status == "chitchat":
        return Wording(composer.chitchat(entry.notice))
    if turn.status == "out_of_scope" and turn.elsewhere:
        return Wording(composer.out_of_scope(entry, turn.elsewhere))
    if turn.listing:
        return Wording(overview.listing(turn.listing))
    if turn.named and turn.named.unknown:
        return Wording(composer.no_such_number(turn.named, turn.citations))
    if turn.intent == "structure" and turn.citations:
        return Wording(overview.structure(entry.notice))
    if turn.differences:
        return Wording(overview.differences(turn.differences))
    if not turn.citations:
        return Wording(composer.no_evidence())
    if turn.status == "clarify":
        return Wording(composer.clarify(turn.citations))
    premises = tuple(false_premises(turn.said, turn.citations[0].source, departments))
    if turn.status == "partial":
        return composer.partial(turn.citations, turn.related, missing_names(turn), premises)
    return composer.answered(turn.citations, turn.related, turn.intent, premises, turn.compares)


def missing_names(turn: Turn) -> tuple[str, ...]:
    """What is missing, in the asker's language; nothing unless the topic is there."""
    if turn.status != "partial":
        return ()
    language = turn.question.language
    return tuple(detail.name(language) for detail in turn.missing) or (phrases_for(language).say("unspecified"),)
