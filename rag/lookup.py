"""Look-ups by number: 第23条, 二十三号措施, 附件1第16项, M12. They never touch an embedding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.corpus import CorpusNotice
from ingest.outline import chinese_numeral

_NUMERAL = r"(\d{1,3}|[一二三四五六七八九十百]{1,5})"
_MUNICIPAL = re.compile(
    rf"(?:附件(?:1|一)|市级)(?:的|里的?|里头的?|里面的?|中的?)?,?第?{_NUMERAL}(?:项|条|号|个)"
    r"|(?<![A-Za-z0-9])[Aa](\d{1,2})(?![A-Za-z0-9.])"
    r"|(?i:annex ?1,? (?:item )?(?:no\.? ?)?(\d{1,2})|item (?:no\.? ?)?(\d{1,2}) (?:of|in) annex ?1)"
)
# Not after 条 or another digit: in “民营12条第三条” the number belongs to another text.
_MEASURE = re.compile(
    rf"(?<![条规法例》])第{_NUMERAL}(?:条|号)|(?<!\d){_NUMERAL}号(?:措施|举措)"
    rf"|(?:^|[,。?! 看把念查]){_NUMERAL}条(?=[讲说写是的原全内正带标]|附件|有[没星])"
    r"|(?<![A-Za-z0-9])[Mm](\d{1,2})(?![A-Za-z0-9.])|(?i:measure\s+(?:no\.?\s*)?(\d{1,3}))"
)


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source named by number; ``source`` and ``notice`` tell whether it exists and where."""

    key: str
    notice: CorpusNotice
    exists: bool


def named_source(text: str, notices: Sequence[CorpusNotice]) -> NamedSource | None:
    """The source whose number ``text`` names; None if it names none, or if it could be of several notices."""
    for pattern, letter in ((_MUNICIPAL, "A"), (_MEASURE, "M")):
        if match := pattern.search(text):
            numeral = next(group for group in match.groups() if group)
            key = f"{letter}{int(numeral) if numeral.isdigit() else chinese_numeral(numeral)}"
            holders = [notice for notice in notices if key in notice.by_key]
            if len(holders) == 1:
                return NamedSource(key, holders[0], exists=True)
            return NamedSource(key, notices[0], exists=False) if not holders and len(notices) == 1 else None
    return None
