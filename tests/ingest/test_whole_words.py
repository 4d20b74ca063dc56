"""Halves of surrogate pairs in what linkers get."""

from onrecord.ingest.whole_words import whole_words
from onrecord.records import Reading, make_document, make_run

RUN = make_run(software="0", model="none", model_digest="", settings={})


def _reading(text: str, outlet: str) -> Reading:
    return Reading(document=make_document(text=text, outlet=outlet), run=RUN)


def test_what_is_whole_stays_the_same_object() -> None:
    reading = _reading("The weir held, 🌊.", "The Tarn Echo")
    assert whole_words(reading) is reading


def test_halves_are_replaced_one_for_one() -> None:
    reading = _reading("The weir \ud83d held.", "Tarn \udc00 Echo")
    made = whole_words(reading)
    assert (made.document.text, made.document.outlet) == (
        "The weir \ufffd held.",
        "Tarn \ufffd Echo",
    )
    assert made.document.id == reading.document.id
