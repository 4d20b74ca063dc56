"""Plain sentences of the kind that news is full of, each read whole."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

SENTENCES = [
    (
        "Nine marchers were detained, according to the Orlin police.",
        [("COERCE", "detained", [], ["Nine marchers"])],
    ),
    (
        "Three Kestrian diplomats were declared persona non grata.",
        [("SANCTION", "declared", [], ["Three Kestrian diplomats"])],
    ),
    (
        "Kestria withdrew its troops from the Tarn valley.",
        [("RETREAT", "withdrew", ["Kestria"], [])],
    ),
    (
        "Kestria handed over two suspects to Rovia.",
        [("COOPERATE", "handed over", ["Kestria"], ["Rovia"])],
    ),
    (
        "The sanctions against Kestria were lifted on Monday.",
        [("SANCTION", "sanctions", [], ["Kestria"]), ("RETREAT", "lifted", [], ["Kestria"])],
    ),
    (
        "Rovia promised to investigate the killings.",
        [
            ("AGREE", "promised", ["Rovia"], []),
            ("ACCUSE", "investigate", ["Rovia"], []),
            ("ASSAULT", "killings", [], []),
        ],
    ),
]


@pytest.mark.weights
@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_plain_sentences(
    reader: Reader, sentence: str, expected: list[tuple[str, str, list[str], list[str]]]
) -> None:
    found = reader.read(make_document(text=sentence, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    events = [
        (
            e.type.value,
            e.trigger.text_in(sentence),
            [names[one] for one in e.actors],
            [names[one] for one in e.recipients],
        )
        for e in found.events or ()
    ]
    assert events == expected
