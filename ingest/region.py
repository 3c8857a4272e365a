"""The place that a notice is in force in, as far as its own words tell."""

import re
from dataclasses import dataclass

_PROVINCE = (
    r"(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    r"|四川|贵州|云南|陕西|甘肃|青海|台湾)省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
)
_CITY = r"[一-鿿]{2,4}?(?:市|自治州|地区|盟)"
_COUNTY = r"[一-鿿]{1,6}?(?:新区|高新区|开发区|经开区|园区|区|县|旗|市)"
_PLACE = re.compile(rf"(?P<province>{_PROVINCE})?(?P<city>{_CITY})?(?P<county>{_COUNTY})?")
_NOT_A_PLACE = re.compile(r"关于|支持|促进|推进|加快|打造|建设|开展|全面|各|我|本|有关")


@dataclass(frozen=True, slots=True)
class Nation:
    """The whole country, with the offices that speak for it."""

    name: str = "全国"
    offices: tuple[str, ...] = ("国务院", "中共中央", "中央", "国家", "全国")


NATION = Nation()


def region_named(text: str) -> str:
    """The place that ``text`` begins with, as printed (杭州市上城区); empty if it begins with none."""
    match = _PLACE.match(text)
    if match is None:
        return ""
    parts = [match[name] for name in ("province", "city", "county") if match[name]]
    while parts and _NOT_A_PLACE.search(parts[-1]):
        parts.pop()
    return "".join(parts)
