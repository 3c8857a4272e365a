from hypothesis import Phase, given, settings

from ingest.document import document_from_text
from ingest.notice import Notice, Source
from ingest.parser import parse
from tests.ingest.general.variants import variants
from tests.ingest.general.written import WrittenMeasure, WrittenVariant

# A notice is made from one seed: there is nothing in it to be made smaller.
many = settings(max_examples=220, deadline=None, derandomize=True, phases=[Phase.generate])


def read(written: WrittenVariant) -> Notice:
    return parse(document_from_text(written.text)).notice


def squeezed(text: str) -> str:
    return "".join(text.split())


def headings(outline: tuple[str, ...]) -> list[str]:
    return [squeezed(heading).removesuffix("。") for heading in outline]


def test_200_notations_are_read_as_what_they_say() -> None:
    seen = set()

    @many
    @given(variants)
    def says_what_was_written(written: WrittenVariant) -> None:
        seen.add(written.text)
        faults = differences(read(written), written)
        assert not faults, "\n".join([*faults, "", written.text])

    says_what_was_written()
    assert len(seen) >= 200


@many
@given(variants)
def test_every_department_read_is_printed_in_the_notice(written: WrittenVariant) -> None:
    for measure in read(written).measures:
        for name in (*measure.lead, *measure.cooperating, *measure.responsible, *measure.implied_lead):
            assert name in written.text, f"{measure.key}：{name}\n\n{written.text}"


@many
@given(variants)
def test_a_measure_leads_back_to_where_it_is_printed(written: WrittenVariant) -> None:
    for measure in read(written).measures:
        span = squeezed(written.text[measure.start : measure.end])
        assert measure.title in span, f"{measure.key}\n\n{written.text}"
        sentences = [squeezed(sentence) for sentence in measure.sentences]
        assert all(sentence.rstrip("。") in span for sentence in sentences), f"{measure.key}\n\n{written.text}"


def differences(notice: Notice, written: WrittenVariant) -> list[str]:
    """What was read otherwise than it was written; an empty list where nothing was."""
    facts = [
        # Of a notice that issues a plan, the title is that of the notice.
        ("title", notice.title, written.heading),
        ("document number", notice.document_number, written.document_number),
        # A notice that nobody has signed has no issuer to be read, nor a date.
        ("issuer", notice.issuer if written.issuer else "", written.issuer),
        ("lead rule", notice.lead_rule and notice.lead_rule.kind, written.lead_rule),
        ("date", notice.issued_on, written.issued_on),
        ("measures", [source.title for source in notice.measures], [each.title for each in written.measures]),
    ]
    faults = [f"{name}：read {is_read!r}, written {truth!r}" for name, is_read, truth in facts if is_read != truth]
    for source, measure in zip(notice.measures, written.measures, strict=False):
        faults += _measure_differences(source, measure)
    return faults


def _measure_differences(source: Source, written: WrittenMeasure) -> list[str]:
    groups = [(group.lead, group.cooperating, group.responsible) for group in source.groups]
    labels = [group.label for group in source.groups]
    facts = [
        ("number", source.number, written.number),
        ("outline", headings(source.outline), headings(written.outline)),
        ("lead", source.lead, written.lead),
        ("cooperating", source.cooperating, written.cooperating),
        ("responsible", source.responsible, written.responsible),
        ("implied lead", source.implied_lead, written.implied_lead),
        ("groups", groups, [(group.lead, group.cooperating, group.responsible) for group in written.groups]),
    ]
    if all(group.label is not None for group in written.groups):
        facts.append(("labels", labels, [group.label for group in written.groups]))
    faults = [
        f"{written.number} {name}：read {is_read!r}, written {truth!r}"
        for name, is_read, truth in facts
        if is_read != truth
    ]
    if squeezed(source.text) not in map(squeezed, written.texts):
        faults.append(f"{written.number} text：read {source.text!r}, written {written.texts!r}")
    return faults
