"""The real index, opened again and again: what is linked anew at each opening must not change what is found."""

from contextlib import closing

from ingest.index import open_index
from ingest.index.layout import PASSAGES, QUESTIONS
from ingest.index.segment import Hits
from ingest.settings import Settings

QUESTIONS_ASKED = [
    "我们公司想去越南设厂,备案归哪个部门管",
    "补贴的文件十几页,看不懂到底给不给我们",
    "店门口想摆几张桌子",
    "官司赢了半年还拿不到钱",
    "想给外籍员工办工作许可,跑哪个窗口",
    "仓库消防验收和执照能不能一趟办完",
    "光付板发电,有哪个单位管",
    "员工的小孩在哪里报名读书",
]
NEAREST = 120


def found_in_a_new_opening(settings: Settings) -> list[Hits]:
    with closing(open_index(settings)) as index:
        vectors = [index.encoder.encode_queries([question]) for question in QUESTIONS_ASKED]
        return [index.nearest(kind, vector, NEAREST) for vector in vectors for kind in (PASSAGES, QUESTIONS)]


def test_an_index_finds_the_same_however_often_it_is_opened(settings: Settings) -> None:
    first = found_in_a_new_opening(settings)
    assert all(len(hits) == NEAREST for hits in first)
    for _ in range(3):
        assert found_in_a_new_opening(settings) == first
