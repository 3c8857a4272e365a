"""How Word prints an automatic number: 3, 三, 十三, ③, iii, C."""

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CIRCLES = 20
_LETTERS = 26
_COUNTING = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographTraditional",
        "chineseLegalSimplified",
    )
)
_NO_NUMBER = frozenset(("bullet", "none"))


def printed(number: int, style: str) -> str:
    """The number in a numbering style of Word (``w:numFmt``); decimal digits for a style that is not known."""
    if style in _NO_NUMBER:
        return ""
    if style in _COUNTING:
        return chinese(number)
    if style == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= _CIRCLES:
        return chr(ord("①") + number - 1)
    if style == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if style == "decimalZero":
        return f"{number:02}"
    if style.endswith("Letter") and number > 0:
        # Word goes on with AA, BB, CC after Z.
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter.upper() if style.startswith("upper") else letter
    if style.endswith("Roman") and number > 0:
        return roman(number).upper() if style.startswith("upper") else roman(number)
    return str(number)


def chinese(number: int) -> str:
    """A number below 10,000 in Chinese numerals (12 → 十二, 103 → 一百零三); digits beyond."""
    if not 0 < number < 10_000:
        return "〇" if number == 0 else str(number)
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def roman(number: int) -> str:
    """A number in lower-case Roman numerals."""
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text
