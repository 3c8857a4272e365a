"""What stands around a notice where it was published: the web page, attachments, the imprint."""

from datetime import date, timedelta

from tests.ingest.general.dice import Dice
from tests.ingest.general.numbering import NUMERALS, chinese
from tests.ingest.general.written import Paragraph

ABOVE = (
    *("首页 > 政策文件", "首页 > 政务公开 > 政策", "打印", "分享：", "分享到：", "【字体：大 中 小】", "政策原文"),
    *("当前位置：首页 > 政策", "来源：政府办公室", "浏览次数：1024"),
)
BELOW = ("分享：", "打印", "上一篇", "← 上一篇", "下一篇 →", "返回政策原文列表", "返回顶部", "扫一扫在手机打开当前页")
ATTACHMENTS = ("申报指南", "申请表", "政策支持标准一览表", "办理流程图")


def page_top(dice: Dice, heading: str, issuer: str, document_number: str | None, day: date) -> list[Paragraph]:
    """Front matter of a generator, navigation, and the table of facts that government pages have."""
    matter = ["---", "layout: default", f"title: {heading}", "---"] if dice.chance(1 / 4) else []
    navigation = dice.some(ABOVE, 0, 3)
    facts = []
    if issuer and dice.chance(1 / 4):
        facts = [f"索引号：1133/{day.year}-{dice.number(10000, 99999)}", f"发文机关：{issuer}"]
        facts += [f"成文日期：{printed_date(dice, day)}"]
        facts += [f"发文字号：{document_number}"] if document_number else []
        # A page is published days after its notice was signed.
        facts += [f"发布日期：{day + timedelta(days=dice.number(1, 9))}"] if dice.chance() else []
    elif issuer and dice.chance(1 / 6):
        facts = [str(day + timedelta(days=dice.number(1, 9)))]
    return [Paragraph("front", line) for line in (*matter, *navigation, *facts)]


def page_bottom(dice: Dice, issuer: str, signed: bool, day: date) -> list[Paragraph]:
    """The imprint below a signature, and navigation."""
    imprint = []
    if signed and dice.chance(1 / 6):
        printed = day + timedelta(days=dice.number(1, 5))
        imprint = ["抄送：区委办公室，区人大常委会办公室，区政协办公室。"]
        imprint += [f"{issuer}　　{printed.year}年{printed.month}月{printed.day}日印发"]
    return [Paragraph("front", line) for line in (*imprint, *dice.some(BELOW, 0, 3))]


def attachments(dice: Dice) -> list[Paragraph]:
    """The list of what is attached, as it stands above a signature."""
    titles = dice.some(ATTACHMENTS, 1, 3)
    if len(titles) == 1:
        return [Paragraph("body", f"附件：{titles[0]}")]
    first, *others = (f"{number}.{title}" for number, title in enumerate(titles, start=1))
    return [Paragraph("body", f"附件：{first}"), *(Paragraph("body", f"　　　{other}") for other in others)]


def printed_date(dice: Dice, day: date) -> str:
    style = dice.one(("digits", "digits", "spaced", "numerals"))
    if style == "digits":
        return f"{day.year}年{day.month}月{day.day}日"
    if style == "spaced":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year)).replace("零", dice.one("〇〇○"))
    return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
