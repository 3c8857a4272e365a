from rag.asking import asking_clauses, asks


def test_only_the_clauses_that_ask_are_kept() -> None:
    letter = "我开店三年了,电话打了一圈没人理。消防来过两次。这事归谁管?要带什么材料?"
    assert asking_clauses(letter) == ("这事归谁管?", "要带什么材料?")


def test_where_nothing_asks_the_last_clause_stands_for_the_question() -> None:
    assert asking_clauses("我租了门面,想办执照") == ("想办执照",)
    assert not asks("谢谢")
