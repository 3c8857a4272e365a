"""The report of the last evaluation, read from the file that ``policyqa eval`` wrote."""

import logging

from pydantic import ValidationError

from api.contract import EvaluationReport
from ingest.errors import EvaluationUnreadable, NoEvaluation
from ingest.settings import Settings

logger = logging.getLogger(__name__)


def load_report(settings: Settings) -> EvaluationReport:
    """The report of the last ``policyqa eval``. Raises NoEvaluation or EvaluationUnreadable."""
    try:
        return EvaluationReport.model_validate_json(settings.evaluation_report.read_bytes())
    except FileNotFoundError:
        raise NoEvaluation from None
    except (OSError, ValidationError) as error:
        logger.warning("the report of the last evaluation cannot be read: %s", error)
        raise EvaluationUnreadable from error
