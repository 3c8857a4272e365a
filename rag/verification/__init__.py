"""Checking sentences against the sources that they cite."""

from rag.verification.claim import Claim, Reason
from rag.verification.verifier import Verifier

__all__ = ["Claim", "Reason", "Verifier"]
