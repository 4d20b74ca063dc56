"""Which documents are looked at, in which order; shortcuts give what a plain look-up gives."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.queries import Filters, matches
from onrecord.queries.matches import numbers_of_actors, numbers_with
from onrecord.queries.part_readings import part_of_reading
from onrecord.queries.word_matches import WordMatches
from onrecord.queries.words import match_expression
from onrecord.records import ActorEntity, Kind, KnownActor, Span
from onrecord.store import Store, open_store
from tests.export.made import Maker
from tests.queries.made import AT, put

N_DOCUMENTS = 70
NAMES = ("Ada Orly", "Bo Tarn", "Cy Vale")
WORDS = "dam damage dampen ferry ferries bridge bridgehead truce trucks port ports".split()


def fill(store: Store, dice: random.Random) -> None:
    """Short articles in no order of days, each with a statement and a name."""
    for number, name in enumerate(NAMES, start=1):
        actor = KnownActor(
            number=number,
            id=f"actor{number}",
            name=name,
            kind=Kind.PERSON,
            code=None,
            country=None,
            first_seen=None,
            n_documents=1,
        )
        put(store, "known_actors", actor)
    for place in range(N_DOCUMENTS):
        name, words = dice.choice(NAMES), " ".join(dice.sample(WORDS, 3))
        text = f"{name} said {words}. The {dice.choice(WORDS)} stood, number {place}."
        day = None if place % 11 == 0 else f"2022-{1 + place * 7 % 12:02}-{1 + place % 28:02}"
        maker = Maker(text, title=f"Title {place}", outlet=f"Outlet {place % 3}", published=day)
        who = maker.entity(name, Span(0, len(name)), kind=Kind.PERSON)
        end = text.index(".")
        maker.statement(
            source=Span(0, len(name)),
            cue=Span(len(name) + 1, len(name) + 5),
            content=Span(len(name) + 6, end),
            speaker=who,
        )
        number = store.add(maker.reading(), at=AT).number
        assert number is not None
        named = ActorEntity(
            document=number, entity=who, actor=1 + NAMES.index(name), why={}, probability=1.0
        )
        put(store, "actor_entities", named)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("many") / "many.db"
    with open_store(made, mode="write", create=True) as store, store.writing():
        fill(store, random.Random(3))
    return made


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, mode="read") as opened:
        yield opened


@pytest.mark.parametrize(
    "words", ["dam*", "ferr*", "dam", "dam* -truck*", "port* OR truc*", '"dam ferry"', "tru* x*"]
)
def test_beginnings_of_words_find_what_a_plain_look_up_finds(store: Store, words: str) -> None:
    found = store.connection.execute(
        "SELECT rowid FROM document_words WHERE document_words MATCH ? ORDER BY rowid DESC",
        (match_expression(words),),
    )
    expected = [row[0] for row in found]
    assert list(WordMatches(store, words).documents()) == expected
    said = store.connection.execute(
        "SELECT rowid FROM statement_words WHERE statement_words MATCH ?",
        (match_expression(words),),
    )
    some = WordMatches(store, words)
    numbers = list(store.numbers())[::-1]
    steps = [numbers[:5], numbers[5:19], numbers[19:22], numbers[22:50], numbers[50:]]
    assert sorted(one for step in steps for one in some.statements(step)) == [
        row[0] for row in said
    ]


def brute(store: Store, filters: Filters) -> list[int]:
    return [
        number
        for number in reversed(list(store.numbers()))
        if filters.takes_day(store.document(number).published)
        and filters.takes_outlet(store.document(number).outlet)
    ]


def brute_in_days(store: Store, filters: Filters) -> list[int]:
    found = brute(store, filters)
    if filters.since or filters.until:
        found.sort(key=lambda number: store.document(number).published or "", reverse=True)
    return found


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(since="2022-04"),
        Filters(until="2022-04"),
        Filters(since="2022-04-02", until="2022-06"),
        Filters(since="2022-04", outlet="outlet 1"),
        Filters(since="2031"),
    ],
)
def test_days_come_from_the_last_and_all_others_from_the_newest(
    store: Store, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "_STEP", 8)
    assert list(numbers_with(store, filters)) == brute_in_days(store, filters)


def test_documents_of_several_actors_come_once_and_in_order(store: Store) -> None:
    each = [list(numbers_of_actors(store, [one], Filters())) for one in (1, 2, 3)]
    assert sum(map(len, each)) == N_DOCUMENTS
    both = list(numbers_of_actors(store, [1, 3, 3], Filters()))
    assert both == sorted({*each[0], *each[2]}, reverse=True)
    filters = Filters(about="dam*", since="2022-03")
    expected = [one for one in numbers_with(store, filters) if one in both]
    assert list(numbers_of_actors(store, [1, 3], filters)) == expected
    assert (
        list(numbers_of_actors(store, [1, 2, 3], Filters(), most=4)) == brute(store, Filters())[:4]
    )


def test_a_part_of_a_reading_has_the_same_rows(store: Store) -> None:
    whole = store.reading(3)
    part = part_of_reading(store, 3, without=frozenset({"mentions"}))
    assert (part.run, part.document, part.mentions) == (whole.run, whole.document, None)
    assert (part.statements, part.entities) == (whole.statements, whole.entities)
    assert part.statements
