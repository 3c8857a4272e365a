"""Numbers that stand for a person: identity cards (GB 11643), passports, bank cards (ISO/IEC 7812), number plates."""

import re
from collections.abc import Iterator
from datetime import date

from rag.privacy.cues import before, cues
from rag.privacy.span import Span

_GAP = r"[ \-.·]{0,2}"
_ID_18 = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")
_ID_TORN = re.compile(r"(?<![\dA-Za-z])[1-9][\d?*× ]{12,19}[\dXx?*×](?![\dXx])")
_ID_15 = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{14}}(?!\d|[ -]\d)")
_TORN_DIGITS = 12
"""Digits that are left at least where somebody left some out, or mistyped one."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_REGIONS = range(11, 92)
_CARD = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{14,18}}(?!\d|[ -]\d)")
_CARD_FIRST, _UNION_PAY = "3456", "62"
_PASSPORT = re.compile(
    r"(?<![A-Za-z\d])(?=(?:[A-Z ]*\d){3})[A-Z\d]{1,3} ?[A-Z\d]{3,5} ?[A-Z\d]{2,6}(?![A-Za-z\d])", re.IGNORECASE
)
_PASSPORT_FORM = re.compile(r"(?:E[A-HJ-NP-Z]\d{7}|[A-Z]{1,2}\d{7,10})")
_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新] ?[A-Ha-hJ-Nj-nP-Zp-z]"
    r"(?=(?: ?[·.-]? ?[A-Za-z])*(?: ?[·.-]? ?\d))(?: ?[·.-]? ?[A-Za-z\d]){4,5} ?[A-Za-z\d挂学警港澳试](?![A-Za-z\d])"
)


def id_numbers(text: str) -> Iterator[Span]:
    """Identity card numbers of 18 digits with a right check digit, or called so, and old ones of 15 digits."""
    for match in _ID_18.finditer(text):
        if checks(re.sub(r"[^\dXx]", "", match.group())):
            yield match.span()
    for match in _ID_TORN.finditer(text):
        if _called("id_number", text, match.start()) and len(re.findall(r"\d", match.group())) >= _TORN_DIGITS:
            yield match.span()
    for match in _ID_15.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if (
            int(digits[:2]) in _REGIONS
            and _is_date(f"19{digits[6:12]}")
            and not _called("no_person", text, match.start())
        ):
            yield match.span()


def checks(digits: str) -> bool:
    """Whether the birthday and the check digit of an 18-digit identity number are right (GB 11643, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _is_date(digits[6:14]) and _CHECK_DIGITS[total % 11] == digits[-1].upper()


def bank_cards(text: str) -> Iterator[Span]:
    """Card numbers of 15 to 19 digits that pass Luhn's test, or are called so; a caller may mistype a digit."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        is_called = _called("bank_card", text, match.start())
        is_other = _called("no_person", text, match.start()) and not is_called and not digits.startswith(_UNION_PAY)
        if is_called or (digits[0] in _CARD_FIRST and luhn(digits) and not is_other):
            yield match.span()


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def passports(text: str) -> Iterator[Span]:
    """Passports and permits: by the commonest form, others where one is spoken of."""
    for match in _PASSPORT.finditer(text):
        is_formed = _PASSPORT_FORM.fullmatch(match.group().replace(" ", "")) and not _called(
            "no_person", text, match.start()
        )
        if is_formed or _called("passport", text, match.start()):
            yield match.span()


def plates(text: str) -> Iterator[Span]:
    """Number plates of cars (GA 36), those of new energy included."""
    yield from (match.span() for match in _PLATE.finditer(text))


def _called(kind: str, text: str, start: int) -> bool:
    return re.search(cues()["before"][kind], before(text, start)) is not None


def _is_date(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True
