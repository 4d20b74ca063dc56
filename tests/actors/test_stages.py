import re
import time
from pathlib import Path

import pytest

from onrecord.actors.given import load_actors
from onrecord.actors.stages import ActorCoder
from onrecord.records import (
    Act,
    Entity,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Reading,
    Span,
    Statement,
    make_document,
    make_run,
)

RUN = make_run(software="0", model="none", model_digest="", settings={})
# A name in brackets: [kind:number words]; the number tells which entity it is.
MARK = re.compile(r"\[(\w+):(\d+) ([^\]]+)\]")


def reading_of(
    marked: str, *, speakers: tuple[int, ...] = (), published: str = "2022-08-02"
) -> Reading:
    """A reading with the mentions that brackets mark; all mentions of a number are one entity."""
    text, spans, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((Kind(match[1]), match[2], Span(len(text), len(text) + len(match[3]))))
        text += match[3]
        at = match.end()
    text += marked[at:]
    document = make_document(text=text, published=f"{published}T00:00:00+00:00")
    mentions = tuple(
        Mention(
            id=f"m{n}",
            document=document.id,
            span=span,
            kind=kind,
            form=MentionForm.NAME,
            entity=number,
            run=RUN.id,
        )
        for n, (kind, number, span) in enumerate(spans)
    )
    entities = []
    for number in dict.fromkeys(m.entity for m in mentions):
        own = [m for m in mentions if m.entity == number]
        entities.append(
            Entity(
                id=number,
                document=document.id,
                name=own[0].span.text_in(text),
                kind=own[0].kind,
                actor=None,
                country=None,
                place=None,
                mentions=tuple(m.id for m in own),
                run=RUN.id,
            )
        )
    return Reading(
        run=RUN,
        document=document,
        mentions=mentions,
        entities=tuple(entities),
        statements=tuple(statement_of(document.id, str(number)) for number in speakers),
    )


def statement_of(document: str, speaker: str) -> Statement:
    return Statement(
        id=f"s{speaker}",
        document=document,
        source=(),
        cue=(Span(0, 1),),
        content=(Span(1, 2),),
        speaker=speaker,
        act=Act.ASSERT,
        polarity=Polarity.AFFIRM,
        manner=Manner.INDIRECT,
        addressee=None,
        medium=None,
        parent=None,
        depth=0,
        time=None,
        probability=1.0,
        run=RUN.id,
    )


def codes(
    marked: str, *, speakers: tuple[int, ...] = (), published: str = "2022-08-02"
) -> list[str | None]:
    (found,) = ActorCoder()([reading_of(marked, speakers=speakers, published=published)])
    return [entity.actor for entity in found.entities or ()]


def test_a_capital_that_speaks_is_the_state_and_else_a_place() -> None:
    assert codes("[place:1 Bamako] lies on a river.") == [None]
    assert codes("[place:1 Bamako] lies on a river.", speakers=(1,)) == ["MLI"]
    assert codes("[place:1 Bamako] denied that.") == ["MLI"]


def test_a_country_that_is_only_a_place_is_none() -> None:
    assert codes("It rained in [place:1 Mali] and [place:2 Niger].") == [None, None]
    assert codes("Nobody helped [place:1 Mali].") == ["MLI"]


def test_a_place_has_a_country_without_a_code() -> None:
    (found,) = ActorCoder()([reading_of("It rained in [place:1 Bamako].")])
    assert [entity.country for entity in found.entities or ()] == ["MLI"]


def test_a_title_before_a_name_and_words_behind_it_tell() -> None:
    assert codes("Kenyan police chief [person:1 Ion Vale] left.") == ["KEN.COP"]
    assert codes("[person:1 Ion Vale], a nurse from Norway, left.") == ["NOR.MED"]


def test_a_role_takes_the_country_that_the_role_had_before() -> None:
    text = (
        "[organization:1 The Chadian defence ministry] spoke to [place:3 Mali], [place:3 Mali] "
        "and [place:3 Mali]. Later [organization:2 the defence ministry] said more."
    )
    assert codes(text)[0] == codes(text)[2] == "TCD.GOV"


def test_a_role_takes_the_country_of_the_place_beside_it() -> None:
    text = "In [place:1 Oslo], [organization:2 police] closed a road."
    assert codes(text) == [None, "NOR.COP"]


def test_a_role_takes_the_country_that_the_text_is_about() -> None:
    text = (
        "Rain hit [place:1 Norway].\n\n[place:1 Norway] closed roads.\n\n[person:2 Lawmakers] met."
    )
    assert codes(text)[1] == "NOR.LEG"


def test_in_a_text_about_nothing_a_role_has_no_country() -> None:
    assert codes("[person:1 Lawmakers] met.") == [None]


def test_an_office_depends_on_the_day_of_the_text() -> None:
    marked = "[person:1 Angela Merkel] smiled."
    assert codes(marked, published="2015-01-01") == ["DEU.GOV"]
    assert codes(marked, published="2023-01-01") == ["DEU.ELI"]


def test_places_of_the_gazetteer_tell_countries() -> None:
    reading = reading_of("In [place:1 Ardalsund], [organization:2 police] closed a road.")
    place = Place(
        id="p",
        document=reading.document.id,
        mention="m0",
        name="Ardalsund",
        country="NOR",
        admin1=None,
        geonames_id=None,
        lat=None,
        lon=None,
        precision=Precision.SETTLEMENT,
        probability=1.0,
        candidates=1,
        run=RUN.id,
    )
    (found,) = ActorCoder()([reading.replace(places=(place,))])
    assert [(e.actor, e.country) for e in found.entities or ()] == [
        (None, "NOR"),
        ("NOR.COP", "NOR"),
    ]


def test_added_actors_are_used(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,code\nArdal Guard,UKR.REB\n", "utf-8")
    coder = ActorCoder(load_actors(path))
    (found,) = coder([reading_of("[organization:1 The Ardal Guard] left.")])
    assert [entity.actor for entity in found.entities or ()] == ["UKR.REB"]


def test_readings_given_are_left_as_they_were() -> None:
    reading = reading_of("[organization:1 NATO] met.")
    ActorCoder()([reading])
    assert [entity.actor for entity in reading.entities or ()] == [None]


def test_a_reading_without_entities_stays_as_it_is() -> None:
    reading = reading_of("Nothing.")
    assert ActorCoder()([reading]) == [reading]


def test_the_answer_does_not_depend_on_what_was_read_before() -> None:
    first = reading_of("[organization:1 The army] met in [place:2 Oslo].")
    second = reading_of("[organization:1 The army] met.")
    assert ActorCoder()([first, second])[1] == ActorCoder()([second])[0]


@pytest.mark.parametrize("n", [4000])
def test_thousands_of_mentions_take_linear_time(n: int) -> None:
    marked = " ".join(f"[place:{i} Mali], [person:{i + n} Ion Vale{i}] and" for i in range(n))
    reading = reading_of(marked)
    started = time.process_time()
    ActorCoder()([reading])
    assert time.process_time() - started < 5


def test_between_two_countries_a_role_has_none() -> None:
    """A text about two sides puts nobody on one of them."""
    marked = (
        "[place:1 Kenya] and [place:2 Uganda] met. [place:1 Kenya] agreed; [place:2 Uganda] did "
        "not. [place:1 Kenya] left early, and nothing more was heard of it for a week or longer, "
        "until late one evening [organization:3 the army] moved."
    )
    assert codes(marked)[2] is None


def test_a_body_of_somebody_is_of_his_country_and_of_no_other() -> None:
    marked = (
        "[place:1 Norway] and [place:2 Kenya] met, [place:2 Kenya] said. [organization:3 Its army] "
        "was not told."
    )
    assert codes(marked)[2] is None
