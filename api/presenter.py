"""From the catalogue and the chain to the contract."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from api.contract import (
    AnnotationModel,
    AskResponse,
    AssistResponse,
    CandidateModel,
    ClusterModel,
    DemandModel,
    DepartmentDetail,
    DepartmentModel,
    DiscrepancyModel,
    DispatchModel,
    FiguresModel,
    GenerationModel,
    GlossModel,
    NoticeDetail,
    NoticeSummary,
    OutlinePart,
    PreviousModel,
    RoleCounts,
    SimilarTicket,
    SourceDetail,
    SourceModel,
    TallyModel,
    Totals,
)
from api.keeping.digest import Cluster
from api.observing.tracing import trace_id
from api.store import Candidate, Figures, Tally
from ingest.catalogue import Role, roles_of
from ingest.corpus import Corpus, CorpusNotice
from ingest.departments import Department
from ingest.notice import Source
from ingest.place import Region
from rag.answer import Answer, Citation, Predecessor
from rag.assistance import Assistance
from rag.gloss import quote_gloss
from rag.question import Language
from rag.succession import Succession
from rag.years import year_of


def source_model(
    notice_id: str,
    source: Source,
    quote: str | None = None,
    score: float = 1.0,
    matched: Sequence[tuple[int, int]] = (),
    previous: Predecessor | None = None,
) -> SourceModel:
    """A source; outside of answers its quote is its whole text."""
    return SourceModel(
        id=f"{notice_id}/{source.key}",
        notice=notice_id,
        key=source.key,
        kind=source.kind,
        number=source.number,
        title=source.title,
        outline=list(source.outline),
        lead=list(source.lead),
        cooperating=list(source.cooperating),
        responsible=list(source.responsible),
        starred=source.starred,
        quote=source.text if quote is None else quote,
        score=score,
        discrepancies=[
            DiscrepancyModel(field=difference.field, body=difference.body, annex=difference.annex)
            for difference in source.discrepancies
        ],
        matched=list(matched),
        previous=_previous(previous) if previous else None,
    )


def source_models(sources: Iterable[tuple[str, Source]], succession: Succession) -> list[SourceModel]:
    """Sources with their notices' ids, as a list."""
    return [
        source_model(notice_id, source, previous=succession.previous(notice_id, source))
        for notice_id, source in sources
    ]


def source_detail(notice_id: str, source: Source, previous: Predecessor | None = None) -> SourceDetail:
    """A source with its text."""
    return SourceDetail(**source_model(notice_id, source, previous=previous).model_dump(), text=source.text)


def citation_models(citations: Iterable[Citation], language: Language = "zh") -> list[SourceModel]:
    """The citations of an answer in that language."""
    return [_citation_model(each, language) for each in citations]


def _citation_model(citation: Citation, language: Language) -> SourceModel:
    model = source_model(
        citation.notice.id, citation.source, citation.quote, citation.score, citation.matched, citation.previous
    )
    if gloss := quote_gloss(citation, language):
        model.gloss = GlossModel(text=gloss.text, reviewed_by=list(gloss.reviewed_by))
    return model


def ask_response(answer: Answer) -> AskResponse:
    """An answer."""
    return AskResponse(
        status=answer.status,
        answer=answer.text,
        citations=citation_models(answer.citations, answer.language),
        missing=list(answer.missing),
        related=citation_models(answer.related),
        confidence=answer.confidence,
        intent=answer.intent,
        resolved_question=answer.resolved_question,
        language=answer.language,
        answer_source=answer.answer_source,
        trace_id=trace_id(),
        timings_ms=dict(answer.timings_ms),
        annotation=_annotation(answer),
        generation=_generation(answer),
    )


def assist_response(assistance: Assistance, similar: list[SimilarTicket]) -> AssistResponse:
    """A ticket worked through."""
    dispatch = assistance.dispatch
    return AssistResponse(
        status=assistance.status,
        masked_text=assistance.masked_text,
        demands=[
            DemandModel(
                text=demand.text,
                status=demand.answer.status,
                citations=citation_models(demand.answer.citations),
                lead=list(demand.lead),
                cooperating=list(demand.cooperating),
                confidence=demand.answer.confidence,
                annotation=_annotation(demand.answer),
            )
            for demand in assistance.demands
        ],
        draft_reply=assistance.draft_reply,
        dispatch=DispatchModel(
            lead=list(dispatch.lead),
            cooperating=list(dispatch.cooperating),
            reason=dispatch.reason,
            needs_human=dispatch.needs_human,
        ),
        similar=similar,
        trace_id=trace_id(),
        timings_ms=dict(assistance.timings_ms),
    )


def candidate_model(candidate: Candidate) -> CandidateModel:
    """A candidate for the question bank."""
    return CandidateModel(**asdict(candidate))


def figures_model(figures: Figures) -> FiguresModel:
    """The figures of the service."""
    return FiguresModel(
        exchanges=figures.exchanges,
        within_a_minute=figures.within_a_minute,
        share_within_a_minute=figures.share_within_a_minute,
        decided=figures.decided,
        accepted=figures.accepted,
        edited=figures.edited,
        rejected=figures.rejected,
        satisfaction=figures.satisfaction,
        by_department=_tallies(figures.by_department),
        by_source=_tallies(figures.by_source),
    )


def cluster_model(cluster: Cluster) -> ClusterModel:
    """Tickets about one kind of trouble."""
    return ClusterModel(**asdict(cluster))


def notice_summary(entry: CorpusNotice) -> NoticeSummary:
    """A notice in a list."""
    notice = entry.notice
    return NoticeSummary(
        id=entry.id,
        title=notice.title,
        issuer=notice.issuer,
        issued_on=notice.issued_on,
        document_number=notice.document_number,
        region=entry.region,
        totals=Totals(
            parts=len(notice.parts),
            sections=notice.section_count,
            measures=len(notice.measures),
            municipal_items=len(notice.municipal_items),
            starred=sum(bool(measure.starred) for measure in notice.measures),
        ),
        supersedes=entry.supersedes or None,
        superseded_by=entry.superseded_by or None,
    )


def notice_detail(entry: CorpusNotice) -> NoticeDetail:
    """A notice with its outline."""
    return NoticeDetail(
        **notice_summary(entry).model_dump(),
        outline=[OutlinePart(label=part.label, sections=list(part.sections)) for part in entry.notice.parts],
        discrepancies=sum(1 for _ in entry.notice.discrepancies()),
    )


def department_model(corpus: Corpus, department: Department, region: Region) -> DepartmentModel:
    """A department of a region with its counts by role."""
    roles = roles_of(corpus, department, region)
    return DepartmentModel(
        name=department.name,
        full_name=department.full_name,
        english=department.english,
        level=department.level,
        collective=department.collective,
        region=region.name,
        aliases=list(department.aliases),
        counts=RoleCounts(**{role: len(sources) for role, sources in roles.items()}),
    )


def department_detail(
    corpus: Corpus, succession: Succession, department: Department, region: Region
) -> DepartmentDetail:
    """A department of a region with its sources by role."""
    roles = roles_of(corpus, department, region)

    def models(role: Role) -> list[SourceModel]:
        return source_models(roles[role], succession)

    return DepartmentDetail(
        **department_model(corpus, department, region).model_dump(),
        lead=models("lead"),
        cooperating=models("cooperating"),
        responsible=models("responsible"),
    )


def _previous(previous: Predecessor) -> PreviousModel:
    entry, source = previous.notice, previous.source
    return PreviousModel(
        notice=entry.id,
        notice_title=entry.notice.title,
        year=year_of(entry),
        id=f"{entry.id}/{source.key}",
        kind=source.kind,
        number=source.number,
        title=source.title,
        lead=list(source.lead),
        cooperating=list(source.cooperating),
        responsible=list(source.responsible),
        changed=list(previous.changed),
    )


def _annotation(answer: Answer) -> AnnotationModel | None:
    found = answer.annotation
    if found is None:
        return None
    return AnnotationModel(question=found.question, approved_by=found.approved_by, approved_at=found.approved_at)


def _generation(answer: Answer) -> GenerationModel | None:
    found = answer.generation
    if found is None:
        return None
    return GenerationModel(
        outcome=found.outcome,
        model=found.model,
        prompt=found.prompt,
        tokens=found.tokens,
        elapsed_ms=found.elapsed_ms,
        sentences=len(found.sentences),
        dropped=dict(found.dropped),
    )


def _tallies(tallies: Mapping[str, Tally]) -> list[TallyModel]:
    return [TallyModel(name=name, **asdict(tally)) for name, tally in tallies.items()]
