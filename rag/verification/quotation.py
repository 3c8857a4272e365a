"""Quoted names: what a claim puts between 《》 or quotation marks, its sources print letter by letter."""

import re

from rag.verification.claim import Claim

_QUOTED = re.compile(r"《([^》]*)》|[“\"「『]([^”\"」』]*)[”\"」』]|‘([^’]*)’")
_UNPAIRED = re.compile(r"[《》“”「」『』‘’\"]")
_MARKS = str.maketrans("", "", "“”\"‘’'「」『』")


def has_foreign_quotation(claim: Claim) -> bool:
    """Whether the claim quotes what its sources do not print, or opens a quotation without closing it."""
    printed = claim.evidence.translate(_MARKS)
    quoted = ["".join(filter(None, groups)) for groups in _QUOTED.findall(claim.said)]
    return any(each.translate(_MARKS) not in printed for each in quoted) or bool(
        _UNPAIRED.search(_QUOTED.sub("", claim.said))
    )
