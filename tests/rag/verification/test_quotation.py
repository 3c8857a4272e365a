"""What a claim quotes, its sources print."""

import pytest

from rag.verification.quotation import has_foreign_quotation
from tests.rag.verification.conftest import Make


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("筹建企业“走出去”一站式服务中心。", False),
        ("筹建企业「走出去」一站式服务中心。", False),
        ("见“帮助拓展海外市场”。", False),
        ("筹建“一带一路”服务中心。", True),
        ("按照《企业出海管理办法》办理。", True),
        ("筹建企业“走出去一站式服务中心。", True),
    ],
)
def test_a_quotation_that_the_source_does_not_print_is_foreign(claim: Make, text: str, is_foreign: bool) -> None:
    assert has_foreign_quotation(claim(text, "M12")) is is_foreign
