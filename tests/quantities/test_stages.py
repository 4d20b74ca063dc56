from onrecord.quantities.stages import QuantityFinder
from onrecord.records import Reading, Span, Time, TimexType, make_document, make_run

RUN = make_run(software="0", model="none", model_digest="", settings={})


def reading_of(text: str) -> Reading:
    return Reading(run=RUN, document=make_document(text=text))


def test_quantities_are_rows_with_spans_and_ids() -> None:
    reading = reading_of("It keeps no more than 1,550 deployed nuclear warheads.")
    (found,) = QuantityFinder()([reading])
    (row,) = found.quantities or ()
    assert row.span.text_in(reading.document.text) == "no more than 1,550 deployed nuclear warheads"
    assert (row.value, row.unit, row.comparator) == (1550, "nuclear warhead", "at most")
    assert row.document == reading.document.id
    assert row.run == RUN.id
    assert reading.quantities is None


def test_the_same_text_gives_the_same_ids() -> None:
    first, second = QuantityFinder()(
        [reading_of("12 men and 30 women"), reading_of("12 men and 30 women")]
    )
    assert first.quantities == second.quantities


def test_what_a_date_holds_is_no_quantity() -> None:
    reading = reading_of("They saw 12 men in the fall of 1,999 men.")
    span = Span(reading.document.text.index("fall"), len(reading.document.text))
    time = Time(
        id="t",
        document=reading.document.id,
        span=span,
        type=TimexType.DATE,
        value="1999",
        run=RUN.id,
    )
    (found,) = QuantityFinder()([reading.replace(times=(time,))])
    assert [q.value for q in found.quantities or ()] == [12]


def test_nothing_found_is_an_empty_list() -> None:
    (found,) = QuantityFinder()([reading_of("Nothing to count here.")])
    assert found.quantities == ()
