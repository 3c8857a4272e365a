import pytest

from ingest.corpus import Corpus
from rag.heading import named_heading


@pytest.mark.parametrize(
    ("text", "in_annex", "label"),
    [
        ("第三部分有什么", False, "三、赋能产业发展"),
        ("section 12", False, "(十二)营造政企良好氛围"),
        ("“涉外服务”下面有几条", False, "(三)涉外服务"),
        ("“涉外服务”下面有几项", True, "(二)涉外服务"),
        ("第六部分讲什么", False, None),
    ],
)
def test_headings_are_named_by_number_or_title(corpus: Corpus, text: str, in_annex: bool, label: str | None) -> None:
    assert named_heading(text, corpus.notices, in_annex, is_loose=False) == label
