"""Which template says what was found: the last step of the chain."""

from dataclasses import replace

from ingest.corpus import Corpus
from rag.answer import PARAGRAPH, Wording
from rag.compose import Composer
from rag.overview import OverviewComposer
from rag.phrases import phrases_for
from rag.premise import false_premises
from rag.reach import ReachComposer
from rag.turn import Turn


def word(turn: Turn, corpus: Corpus) -> Wording:
    """The answer's words, and first of all whose notice they are from, if it is not the home region's."""
    wording = _said(turn, corpus)
    entries = {citation.notice.id: citation.notice for citation in turn.citations}
    if not entries and turn.named:
        entries[turn.named.notice.id] = turn.named.notice
    # In a list of several notices every line names its own.
    if turn.listing and len(entries) > 1:
        return wording
    announced = ReachComposer(corpus, turn.question.language).announced(tuple(entries.values()))
    return replace(wording, opening=PARAGRAPH.join(filter(None, (*announced, wording.opening))))


def _said(turn: Turn, corpus: Corpus) -> Wording:
    entry = turn.scope.first
    composer = Composer(corpus, turn.question.language)
    reach = ReachComposer(corpus, turn.question.language)
    overview = OverviewComposer(turn.question.language)
    if turn.status == "blocked":
        return Wording(reach.blocked())
    if turn.status == "chitchat":
        return Wording(reach.chitchat(entry.notice))
    if turn.status == "out_of_scope" and turn.elsewhere:
        return Wording(reach.out_of_scope(entry, turn.elsewhere, turn.nearby))
    if turn.listing:
        return Wording(overview.listing(turn.listing))
    if turn.named and turn.named.unknown:
        return Wording(composer.no_such_number(turn.named, turn.citations))
    if turn.intent == "structure" and turn.citations:
        return Wording(overview.structure(turn.citations[0].notice.notice))
    if turn.differences:
        return Wording(overview.differences(turn.differences))
    if not turn.citations:
        return Wording(reach.no_evidence(turn.scope))
    if turn.status == "clarify":
        return Wording(composer.clarify(turn.citations))
    first = turn.citations[0]
    premises = tuple(false_premises(turn.said, first.source, corpus.register_of(first.notice)))
    if turn.status == "partial":
        return composer.partial(turn.citations, turn.related, missing_names(turn), premises)
    return composer.answered(turn.citations, turn.related, turn.intent, premises, turn.compares)


def missing_names(turn: Turn) -> tuple[str, ...]:
    """What is missing, in the asker's language; nothing unless the topic is there."""
    if turn.status != "partial":
        return ()
    language = turn.question.language
    return tuple(detail.name(language) for detail in turn.missing) or (phrases_for(language).say("unspecified"),)
