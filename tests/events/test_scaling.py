"""Long and strange texts cost little more per word than short ones."""

import time
from collections.abc import Callable

import pytest

from onrecord.encode.readings import EncodedReading
from onrecord.events.stages import EventFinder
from onrecord.records import Quantity, Reading, Time, TimexType
from onrecord.schema import find_violations
from tests.events.made_texts import RUN, MadeText

# Time per word may grow by this much: a quadratic step would grow by the factor of 8.
_FACTOR, _MOST = 8, 4.0


def flat(n: int) -> MadeText:
    """One sentence of many coordinated verbs, all on the first."""
    more = (f"attacked/VBD/conj/2 Orsa/NNP/obj/{4 + 2 * i}" for i in range(n))
    sentence = " ".join(["Rebels/NNS/nsubj/2 attacked/VBD/root/0 Orsa/NNP/obj/2", *more])
    return MadeText(sentence).actors("Rebels").named("Orsa")


def deep(n: int) -> MadeText:
    """One sentence of reports within reports."""
    said = (f"he/PRP/nsubj/{2 * i + 4} said/VBD/ccomp/{2 * i + 2}" for i in range(n))
    last = f"rebels/NNS/nsubj/{2 * n + 4} attacked/VBD/ccomp/{2 * n + 2}"
    return MadeText(" ".join(["He/PRP/nsubj/2 said/VBD/root/0", *said, last])).actors("rebels")


def nouns(n: int) -> MadeText:
    """One sentence of an attack in an attack in an attack."""
    more = (f"of/IN/case/{2 * i + 3} attack/NN/nmod/{2 * i + 1}" for i in range(n))
    return MadeText(" ".join(["attack/NN/root/0", *more]))


def sentences(n: int) -> MadeText:
    """Many sentences with a trigger each, and the same made entity in all."""
    police = "Police/NN/nsubj/2 seized/VBD/root/0 the/DT/det/4 convoy/NN/obj/2"
    return MadeText(*[police] * n).actors("Police")


def places(n: int) -> MadeText:
    """One sentence that lists many places."""
    words = [f"Orsa{i}" for i in range(n)]
    listed = (f"{w}/NNP/conj/3" for w in words[1:])
    first = f"Rebels/NNS/nsubj/2 attacked/VBD/root/0 {words[0]}/NNP/obj/2"
    return MadeText(" ".join([first, *listed])).actors("Rebels").named(*words)


def reports(n: int) -> MadeText:
    """Many sentences, each of them said by somebody."""
    made = MadeText(
        *(
            f"V{i}/NNP/nsubj/2 said/VBD/root/0 rebels{i}/NNS/nsubj/4 attacked/VBD/ccomp/2 "
            f"Orsa{i}/NNP/obj/4"
            for i in range(n)
        )
    )
    for i in range(n):
        made.said(f"V{i}", "said", f"rebels{i} attacked Orsa{i}")
    return made


def seconds(made: Callable[[int], MadeText], n: int) -> float:
    given: EncodedReading = made(n).encoded()
    start = time.process_time()
    EventFinder()([given])
    return time.process_time() - start


@pytest.mark.parametrize(
    ("made", "n"),
    [(flat, 60), (deep, 300), (nouns, 100), (sentences, 250), (places, 100), (reports, 60)],
)
def test_time_grows_with_the_words_and_no_faster(made: Callable[[int], MadeText], n: int) -> None:
    seconds(made, 1)  # tables are read
    for _ in range(4):  # a busy machine may slow one of the two
        ratio = seconds(made, n * _FACTOR) / max(seconds(made, n), 3e-3)
        if ratio < _MOST * _FACTOR:
            return
    pytest.fail(f"{_FACTOR} times the words take {ratio:.0f} times as long")


def read(made: MadeText) -> Reading:
    start = time.process_time()
    (reading,) = EventFinder()([made.encoded()])
    assert time.process_time() - start < 60
    return reading


def test_a_sentence_of_five_thousand_words() -> None:
    reading = read(flat(2_500))
    assert len(reading.events or ()) == 2_501
    assert {e.actors for e in reading.events or ()} == {("Rebels",)}


def test_a_clause_five_thousand_words_deep() -> None:
    (event,) = read(deep(2_500)).events or ()
    assert event.actors == ("rebels",)


def test_a_document_with_a_thousand_triggers() -> None:
    reading = read(sentences(1_000))
    events = reading.events or ()
    assert len(events) == len({e.id for e in events}) == 1_000
    (convoy,) = (e for e in reading.entities or () if e.name == "the convoy")
    assert len(convoy.mentions) == 1_000
    assert {e.recipients for e in events} == {(convoy.id,)}
    assert find_violations(reading) == []


def test_a_thousand_dates_that_contradict_each_other() -> None:
    made = MadeText("Rebels/NNS/nsubj/2 attacked/VBD/root/0 on/IN/case/4 Monday/NNP/obl/2")
    span = made.span("Monday")
    made.times = [
        Time(
            id=f"t{n}", document=made.document.id, span=span, type=TimexType.DATE,
            value=f"{1000 + n}-01-01", run=RUN.id,
        )
        for n in range(1_000)
    ]  # fmt: skip
    (event,) = read(made).events or ()
    assert event.date is not None
    assert event.date.value == "1000-01-01"


def test_a_thousand_figures_over_one_word() -> None:
    made = MadeText("Rebels/NNS/nsubj/2 killed/VBD/root/0 40/CD/nummod/4 soldiers/NNS/obj/2")
    span = made.span("40")
    made.quantities = [
        Quantity(
            id=f"q{n}", document=made.document.id, span=span, value=n, unit=None, comparator=None,
            run=RUN.id,
        )
        for n in range(1_000)
    ]  # fmt: skip
    (event,) = read(made).events or ()
    assert len(event.quantities) == 1_000
