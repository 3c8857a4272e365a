"""A sentence passes only if nothing in it goes further than its sources."""

import pytest

from eval.language_model.entailment import TEST_DIR, judge, let_through, load_labelled, rejected
from ingest.corpus import Corpus
from rag.verification import Reason, Verifier
from rag.verification.claim import Claim
from tests.rag.verification.conftest import Make


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("筹建企业“走出去”一站式服务中心。", None),
        ("由区服务发展办牵头,帮助企业更好拓展海外市场渠道。", None),
        ("联系电话是021-65000000。", "contact"),
        ("详见https://example.com。", "contact"),
        ("可加微信咨询。", "contact"),
        ("<b>筹建企业服务中心</b>。", "markup"),
        ("作为一个语言模型,我建议您去咨询。", "markup"),
        ("筹建3个一站式服务中心。", "figure"),
        ("筹建“扬帆”服务中心。", "quotation"),
        ("由区商务委牵头。", "department"),
        ("保证企业拿到备案。", "strength"),
        ("凡是出口的企业就能退钱。", "strength"),
        ("员工出国前先体检。", "unsupported"),
    ],
)
def test_each_objection(claim: Make, verifier: Verifier, text: str, objection: Reason | None) -> None:
    assert verifier.objection(claim(text, "M12")) == objection


def test_a_claim_that_cites_nothing_is_not_even_weighed(verifier: Verifier) -> None:
    assert verifier.objection(Claim("筹建企业“走出去”一站式服务中心。", ())) == "no_citation"


def test_every_sentence_of_every_source_passes_as_it_is_printed(corpus: Corpus, verifier: Verifier) -> None:
    refused = [
        (source.key, sentence, reason)
        for source in (*corpus.notices[0].notice.measures, *corpus.notices[0].notice.municipal_items)
        for sentence in source.sentences
        if (reason := verifier.objection(Claim(sentence, (source,))))
    ]
    assert refused == []


def test_labelled_sentences_of_other_writers_are_told_apart(corpus: Corpus, verifier: Verifier) -> None:
    judged = judge(verifier, list(load_labelled(TEST_DIR, corpus)))
    assert let_through(judged).mean <= 0.02
    assert rejected(judged).mean <= 0.35
