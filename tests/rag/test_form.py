import pytest

from ingest.corpus import Corpus
from rag.form import FormReader


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("第23条原文", "〔号〕原文"),
        ("区数据局牵头几条", "〔部门〕牵头几条"),
        ("附件1第15、16项给一下", "附件1〔号〕给一下"),
        ("租赁住房保障有没有星", "〔题〕有没有星"),
        ("<b onclick=alert(1)>第12条</b>是什么<script>alert(2)</script>", "〔号〕是什么"),
        ("涉外服务那一节", "〔大项〕那一节"),
    ],
)
def test_topics_become_placeholders(corpus: Corpus, question: str, form: str) -> None:
    assert FormReader(corpus).read(question) == form
