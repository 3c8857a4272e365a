"""The HTTP contract, version 1, as pydantic models: what clients send and get."""

from api.contract.adding import (
    CorrectionsBody,
    LineModel,
    NoticeAdded,
    NoticePreview,
    OddityModel,
    ReadSource,
)
from api.contract.asking import (
    AnnotationModel,
    AskBody,
    AskResponse,
    CitationsEvent,
    DeltaEvent,
    GenerationModel,
    StatusEvent,
)
from api.contract.catalogue import (
    ChangedSource,
    DepartmentDetail,
    DepartmentList,
    DepartmentModel,
    NoticeChanges,
    NoticeDetail,
    NoticeList,
    NoticeSummary,
    OutlinePart,
    RoleCounts,
    SourceList,
    Totals,
)
from api.contract.error import ErrorBody, ErrorInfo
from api.contract.evaluation import EvaluationReport
from api.contract.figures import ClusterModel, Digest, FiguresModel, TallyModel
from api.contract.hotline import AssistBody, AssistResponse, BatchModel, DemandModel, DispatchModel, SimilarTicket
from api.contract.operations import Health, Readiness
from api.contract.review import CandidateList, CandidateModel, CandidateState, FeedbackBody, FeedbackVerdict, ReviewBody
from api.contract.session import KeyRole, Role, Session
from api.contract.source import DiscrepancyModel, GlossModel, PreviousModel, SourceDetail, SourceModel

__all__ = [
    "AnnotationModel",
    "AskBody",
    "AskResponse",
    "AssistBody",
    "AssistResponse",
    "BatchModel",
    "CandidateList",
    "CandidateModel",
    "CandidateState",
    "ChangedSource",
    "CitationsEvent",
    "ClusterModel",
    "CorrectionsBody",
    "DeltaEvent",
    "DemandModel",
    "DepartmentDetail",
    "DepartmentList",
    "DepartmentModel",
    "Digest",
    "DiscrepancyModel",
    "DispatchModel",
    "ErrorBody",
    "ErrorInfo",
    "EvaluationReport",
    "FeedbackBody",
    "FeedbackVerdict",
    "FiguresModel",
    "GenerationModel",
    "GlossModel",
    "Health",
    "KeyRole",
    "LineModel",
    "NoticeAdded",
    "NoticeChanges",
    "NoticeDetail",
    "NoticeList",
    "NoticePreview",
    "NoticeSummary",
    "OddityModel",
    "OutlinePart",
    "PreviousModel",
    "ReadSource",
    "Readiness",
    "ReviewBody",
    "Role",
    "RoleCounts",
    "Session",
    "SimilarTicket",
    "SourceDetail",
    "SourceList",
    "SourceModel",
    "StatusEvent",
    "TallyModel",
    "Totals",
]
