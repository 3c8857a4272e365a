"""A notice as an operator gets it, of a place that is not loaded, in no notation of ours; one measure is doubtful."""

from pathlib import Path

TITLE = "青浦区支持数字贸易发展若干措施"
GUESSED_ID = "qingpu-2026"
DOUBTFUL_KEY = "M2"
ODD_LINE = 12
MARKUP = "<script>document.title=2</script>"
TEXT = f"""上海市青浦区人民政府办公室关于印发《{TITLE}》的通知
青府办〔2026〕5号
各镇人民政府、各街道办事处:
现将《{TITLE}》印发给你们,请认真贯彻执行。
上海市青浦区人民政府办公室
2026年3月2日
{TITLE}
为支持数字贸易发展,制定本措施。
一、加强支持
1.开办跨境直播基地
对新建跨境直播基地给予场地支持{MARKUP}。(责任单位:区商务委、区经委)
2.培育海外仓企业
支持企业建设公共海外仓,提供报关辅导。(责任单位:区商务委、区税务局,具体分工另行明确)
3.组织出海培训
每季度组织数字贸易出海培训。(责任单位:区人力资源社会保障局)
"""


def write_upload(folder: Path, text: str = TEXT, name: str = "青浦.txt") -> Path:
    """The notice as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


RIGHT = ("区商务委", "区税务局")
"""Who is responsible for the doubtful measure."""
