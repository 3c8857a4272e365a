"""Texts that nobody should send: what notices are made of in any order, spoilt notices, far too much of anything."""

from random import Random

PIECES = (
    *("一、", "（一）", "(一)", "第一条", "第一章", "1.", "1．", "（1）", "①", "一是"),
    *("【", "】", "（", "）", "(", ")", "〔", "〕", "[", "]", "《", "》"),
    *("牵头单位：", "责任单位:", "配合单位：", "牵头", "负责", "配合", "下同", "列第一位者为牵头单位", "*", "★"),
    *("区科技局", "市财政局", "等有关部门", "有关区县", "附则", "总体要求", "附件1", "附件：", "序号", "责任分工表"),
    *("关于印发《措施》的通知", "某市人民政府", "支持企业", "2026年3月12日", "。", "：", "、", "，", "；"),
    *("\n", "\n\n", "\r\n", "　", " ", "---\n", "\u2028", "\x0b"),
)
BIG = 2_000_000
LONG = 400_000
"""Characters; of either, what grows with the square of the length does not end in time."""


def repeated(piece: str, size: int = LONG) -> str:
    return piece * (size // len(piece))


LONG_TEXTS = {
    "one line without a stop": repeated("支持企业发展"),
    "one line of sentences": repeated("支持企业发展。", BIG),
    "one line of measures": repeated("一、支持企业。给予补贴。（责任单位：区科技局、区财政局）", BIG),
    "one measure": "1.支持企业。" + repeated("给予补贴（含利息）。", BIG) + "（责任单位：区科技局）",
    "one bracket of departments": "1.支持企业。（责任单位：" + repeated("区科技局、", BIG) + "）",
    "words with spaces between": repeated("1.支持 企业　发展 ", BIG),
    "brackets in brackets": "1.支持企业。（责任单位：" + repeated("（区科技局") + "）",
    "nothing but verbs": "1.支持企业。（" + repeated("区科技局牵头，") + "配合）",
    "nothing but labels": repeated("责任单位："),
    "nothing but marks": repeated("*"),
    "nothing but spaces": repeated(" 　"),
    "brackets that never close": "（" * 100_000,
    "brackets that all close": "（" * 50_000 + "）" * 50_000,
    "brackets that never open": "）" * 100_000,
    "a bracket open on every line": "（区科技局负责\n" * 50_000,
    "numbers on one line": "".join(f"{number}." for number in range(100_000)),
    "numbers on lines of their own": "".join(f"{number}.支持\n" for number in range(100_000)),
    "the same number on every line": "（一）支持企业。（责任单位：区科技局）\n" * 50_000,
    "every level again and again": "一、支持\n（一）支持\n1.支持\n（1）支持\n①支持\n" * 20_000,
    "chapters without articles": "第一章 总则\n" * 100_000,
    "lines that never end a sentence": "1.支持企业。\n" + "给予补贴\n" * 100_000 + "（责任单位：区科技局）",
    "titles that never close": "关于印发《" * 100_000,
    "annexes": "附件1\n序号\n改革事项\n牵头单位\n" * 30_000,
    "dates": "2026年3月12日\n" * 50_000,
}


def spoilt(text: str, random: Random) -> str:
    """A notice with lines lost, doubled and out of order, with brackets gone, cut short or run together."""
    lines = text.splitlines(keepends=True)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(lines))
        fault = random.choice(("lost", "doubled", "moved", "opened", "cut", "joined", "shuffled"))
        if fault == "lost":
            lines[at] = ""
        elif fault == "doubled":
            lines.insert(at, lines[at])
        elif fault == "moved":
            lines.insert(random.randrange(len(lines)), lines.pop(at))
        elif fault == "opened":
            gone = random.choice(("（(〔[【", "）)〕]】", "。：:"))
            lines = ["".join(each for each in line if each not in gone) for line in lines]
        elif fault == "cut":
            lines[at] = lines[at][random.randrange(len(lines[at]) + 1) :]
        elif fault == "joined":
            lines = [line.rstrip() for line in lines]
        elif random.random() < 1 / 4:
            random.shuffle(lines)
    return "".join(lines)
