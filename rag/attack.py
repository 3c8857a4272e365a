"""Attempts to subvert the assistant: the honest question that may be left when everything else is taken out."""

import re

from rag.asking import asking_clauses, asks
from rag.intent import shows

_TAG = re.compile(r"<!--.*?-->|<[^>]{1,200}>|!?\[[^\]]*\]\([^)]*\)|#{2,}.*?#{2,}|={2,}.*?={2,}", re.DOTALL)
_SHORTEST = 6
"""Characters that an honest question has at least."""


def honest_part(text: str) -> str:
    """The clauses that ask and order nothing; empty if too little is left to be a question.

    Nothing of it can have an effect: answers are composed from the catalogue.
    """
    clauses = asking_clauses(_TAG.sub(" ", text))
    honest = ",".join(
        each.strip() for each in clauses if asks(each) and not shows("attack", each) and not shows("forge", each)
    )
    return honest if len(honest) >= _SHORTEST else ""
