from hypothesis import example, given
from hypothesis import strategies as st

from ingest.corpus import CorpusNotice
from rag.matched import MIN_LENGTH, matched
from rag.question import normalised

QUOTE = "搭建企业“走出去”服务平台,提供ODI备案指导,筹措保障性租赁房1730套并供应1000套。"
WORDS = st.sampled_from(
    ["备案", "投资", "境外投资", "ODI", "ｏｄｉ", "１２", "12345", "的", "哪个", "設廠", "ß", ",", " ", "İ"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=20).map("".join))


def shared(quote: str, question: str) -> list[str]:
    return [quote[start:end] for start, end in matched(quote, question)]


def test_whole_words_that_the_question_shares_are_marked() -> None:
    assert shared(QUOTE, "租赁房在哪里备案?") == ["备案", "租赁"]


def test_neighbours_are_one_span() -> None:
    assert shared(QUOTE, "备案有没有人指导,企业找谁") == ["企业", "备案指导"]


def test_a_word_is_found_inside_a_longer_one() -> None:
    assert shared("优化知识产权服务。", "产权归谁管") == ["产权"]


def test_characters_that_only_meet_across_words_are_not_a_word() -> None:
    assert shared("服务专员工作指引", "员工") == []
    assert shared("充分听取经营主体意见", "取经") == []


def test_stop_words_and_single_characters_are_not_marked() -> None:
    assert shared("我们可以把这个给他们。", "我们的这个可以给他们吗") == []
    assert shared("3 个 B 区", "3,个,B,区") == []


def test_words_that_a_notice_coins_are_marked_whole() -> None:
    quote = "深化虹口秒贷,拓展政策“免申即享”覆盖面,用好“虹小助”。"
    assert shared(quote, "秒贷利率多少?免申即享怎么弄?") == ["秒贷", "免申即享"]
    assert shared(quote, "孩子小,免不了要人助") == []


def test_letters_and_numbers_match_whole_in_any_case_and_width() -> None:
    assert shared(QUOTE, "ｏｄｉ怎么弄") == ["ODI"]
    assert shared(QUOTE, "今年1000套够吗") == ["1000"]
    assert shared(QUOTE, "100套") == []


def test_a_question_in_traditional_characters_matches_the_simplified_quote() -> None:
    assert shared(QUOTE, "ODI備案的指導和租賃房") == ["ODI备案指导", "租赁"]


def test_a_question_in_another_language_shares_what_is_printed_the_same() -> None:
    assert shared(QUOTE, "Who handles ODI filing?") == ["ODI"]
    assert shared(QUOTE, "Who handles filing?") == []


def test_every_sentence_of_the_notice_shares_words_with_itself(hongkou: CorpusNotice) -> None:
    for source in hongkou.notice.sources:
        for sentence in source.sentences:
            assert matched(sentence, sentence), sentence


@given(TEXTS, TEXTS)
@example("境外投资备案", "备案境外投资")
def test_spans_are_ascending_disjoint_apart_and_inside_the_quote(quote: str, question: str) -> None:
    edges = [edge for span in matched(quote, question) for edge in span]
    assert edges == sorted(set(edges))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(quote))


@given(TEXTS, TEXTS)
@example("境外投资备案", "备案境外投资")
def test_what_is_marked_occurs_in_the_question(quote: str, question: str) -> None:
    asked = normalised(question).lower()
    for text in shared(quote, question):
        said = normalised(text).lower()
        # Neighbouring words of the quote may stand apart in the question: each character is in one of them.
        pieces = [(at, end) for at in range(len(said)) for end in range(at + MIN_LENGTH, len(said) + 1)]
        words = [(at, end) for at, end in pieces if said[at:end] in asked]
        assert all(any(at <= place < end for at, end in words) for place in range(len(said))), text


@given(TEXTS)
def test_without_a_question_nothing_is_marked(quote: str) -> None:
    assert matched(quote, "") == ()
