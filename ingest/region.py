"""The place that a notice is in force in, as far as its own words tell."""

import re

_PLACE = re.compile(
    r"(?:[一-鿿]{2,7}?(?:省|自治区))?(?:[一-鿿]{2,6}?(?:市|州|盟))?(?:[一-鿿]{1,7}?(?:新区|开发区|高新区|区|县|旗|市))?"
)


def region_named(text: str) -> str:
    """The place that ``text`` begins with, as printed (杭州市上城区); empty if it begins with none."""
    match = _PLACE.match(text)
    return match[0] if match else ""
