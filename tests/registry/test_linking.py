"""Documents that arrive, are taken out and come again; counts are always those of the rows."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import registry
from onrecord.records import Precision
from onrecord.store import Store
from tests.registry.made import (
    Told,
    actor_of,
    add,
    body,
    person,
    place,
    state_of,
    told,
    undone,
)

_CODES = (None, "NOR.GOV", "CHL.GOV", "NOR.CVL", "NOR.MIL")
_PERSONS = ("Ann Vale", "Vale", "Per Vale", "Jon Harrow", "Ann R. Vale")
_BODIES = ("Halden Grain Desk", "TRC", "Tarn Relief Council", "Horizon")

named = st.one_of(
    st.builds(lambda n, c: person(n, code=c), st.sampled_from(_PERSONS), st.sampled_from(_CODES)),
    st.builds(
        lambda n, m, c: body(*dict.fromkeys((n, m)), code=c),
        st.sampled_from(_BODIES),
        st.sampled_from(_BODIES),
        st.sampled_from(_CODES),
    ),
    st.builds(
        lambda n, i: place(n, country="NOR", geonames_id=i),
        st.sampled_from(("Ardal", "Tarn")),
        st.integers(1, 3),
    ),
    st.just(place("Norway", code="NOR", precision=Precision.COUNTRY)),
)
documents = st.lists(
    st.builds(
        lambda own, day, story: told(*own, published=day, story=story),
        st.lists(named, min_size=1, max_size=4),
        st.sampled_from(("2022-08-01", "2022-08-02", None)),
        st.sampled_from((None, 1, 2)),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=15)
@given(documents, st.integers(1, 4))
def test_the_size_of_a_batch_changes_nothing(
    store: Store, given_documents: list[Told], size: int
) -> None:
    states = []
    for step in (1, size, len(given_documents)):
        with undone(store):
            arrivals = add(store, given_documents)
            for at in range(0, len(arrivals), step):
                registry.link(store, arrivals[at : at + step])
            states.append(state_of(store))
    assert states[0] == states[1] == states[2]


@settings(max_examples=30)
@given(documents, st.data())
def test_unlinking_the_last_leaves_what_was_before(
    store: Store, given_documents: list[Told], data: st.DataObject
) -> None:
    n_last = data.draw(st.integers(1, len(given_documents) - 1))
    with undone(store):
        arrivals = add(store, given_documents)
        registry.link(store, arrivals[:-n_last])
        before = state_of(store)
        registry.link(store, arrivals[-n_last:])
        for arrival in reversed(arrivals[-n_last:]):
            registry.unlink(store, [arrival.number])
        after = state_of(store)
    assert after == before


@settings(max_examples=15)
@given(documents)
def test_unlinking_all_leaves_nothing(store: Store, given_documents: list[Told]) -> None:
    with undone(store):
        arrivals = add(store, given_documents)
        registry.link(store, arrivals)
        registry.unlink(store, [arrival.number for arrival in arrivals])
        state = state_of(store)
        n_profiles = store.connection.execute("SELECT count(*) FROM actor_profiles").fetchone()[0]
    assert not any(state.values())
    assert n_profiles == 0


@settings(max_examples=15)
@given(documents, st.data())
def test_counts_are_those_of_the_rows(
    store: Store, given_documents: list[Told], data: st.DataObject
) -> None:
    with undone(store):
        arrivals = add(store, given_documents)
        registry.link(store, arrivals)
        gone = data.draw(st.sampled_from(arrivals))
        registry.unlink(store, [gone.number])
        _check_counts(store)


def _check_counts(store: Store) -> None:
    rows = store.connection.execute(
        "SELECT k.number, k.n_documents, count(DISTINCT e.document), k.first_seen,"
        " min(d.published) FROM known_actors AS k"
        " LEFT JOIN actor_entities AS e ON e.actor = k.number"
        " LEFT JOIN documents AS d ON d.number = e.document GROUP BY k.number"
    )
    for number, n_documents, counted, first_seen, earliest in rows:
        assert n_documents == counted > 0
        assert first_seen == earliest
        names: dict[str, set[int]] = {}
        for document, why in store.connection.execute(
            "SELECT document, why FROM actor_entities WHERE actor = ?", (number,)
        ):
            for normal in json.loads(why)["names"]:
                names.setdefault(normal, set()).add(document)
        kept = store.connection.execute(
            "SELECT normal, n_documents FROM actor_names WHERE actor = ?", (number,)
        )
        assert dict(kept.fetchall()) == {name: len(own) for name, own in names.items()}


def test_reasons_point_at_words_on_both_sides(store: Store) -> None:
    with undone(store):
        one, other = arrivals = add(
            store,
            [
                told(person("Ann Vale", code="NOR.GOV")),
                told(person("Vale", "Ann Vale", code="NOR.GOV")),
            ],
        )
        registry.link(store, arrivals)
        why, probability = store.connection.execute(
            "SELECT why, probability FROM actor_entities WHERE document = ?", (other.number,)
        ).fetchone()
    told_why = json.loads(why)
    assert [reason["what"] for reason in told_why["reasons"]][:1] == ["same name"]
    span = told_why["span"]
    assert other.reading.document.text[span["start"] : span["end"]] == "Ann Vale"
    like = told_why["like"]
    assert like["document"] == one.number
    text = one.reading.document.text
    assert text[like["span"]["start"] : like["span"]["end"]] == "Ann Vale"
    assert 0.6 <= probability <= 1


def test_a_code_is_told_when_all_agree(store: Store) -> None:
    with undone(store):
        arrivals = add(
            store,
            [
                told(person("Ann Vale", code="NOR.GOV")),
                told(person("Ann Vale", code="NOR.GOV"), published="2022-08-01"),
                told(person("Ann Vale", code="NOR.LEG"), published="2024-01-01"),
            ],
        )
        registry.link(store, arrivals[:2])
        first = _actor(store)
        registry.link(store, arrivals[2:])
        second = _actor(store)
    assert first == ("Ann Vale", "NOR.GOV", "NOR", "2022-08-01", 2)
    assert second == ("Ann Vale", None, "NOR", "2022-08-01", 3)


def _actor(store: Store) -> tuple[object, ...]:
    (row,) = store.connection.execute(
        "SELECT name, code, country, first_seen, n_documents FROM known_actors"
    ).fetchall()
    return tuple(row)


def test_a_name_that_explains_initials_joins_both(store: Store) -> None:
    given_documents = [
        told(body("Tarn Relief Council", code="NGO")),
        told(body("TRC", code="NGO")),
        told(body("Tarn Relief Council", "TRC", code="NGO")),
    ]
    with undone(store):
        first, second, third = arrivals = add(store, given_documents)
        registry.link(store, arrivals[:2])
        before = state_of(store)
        assert actor_of(store, first) != actor_of(store, second)
        registry.link(store, arrivals[2:])
        assert actor_of(store, first) == actor_of(store, second) == actor_of(store, third)
        (change,) = registry.list_changes(store)
        assert (change.kind, change.by) == ("merge", None)
        assert change.why["document"] == third.number
        registry.unlink(store, [third.number])
        assert state_of(store) == before
        assert [own.kind for own in registry.list_changes(store)] == ["merge", "split"]


def test_linking_all_again_does_not_repeat_the_log(store: Store) -> None:
    given_documents = [
        told(body("Tarn Relief Council", code="NGO")),
        told(body("TRC", code="NGO")),
        told(body("Tarn Relief Council", "TRC", code="NGO")),
    ]
    with undone(store):
        arrivals = add(store, given_documents)
        registry.link(store, arrivals)
        before = state_of(store)
        for _ in range(3):
            registry.unlink(store, [arrival.number for arrival in arrivals])
            registry.link(store, arrivals)
        assert state_of(store) == before
        assert len(registry.list_changes(store)) == 1


def test_two_persons_of_one_name_in_one_document(store: Store) -> None:
    with undone(store):
        (one,) = arrivals = add(
            store,
            [told(person("Jon Harrow", code="GBR.GOV"), person("Jon Harrow", code="AUS.GOV"))],
        )
        registry.link(store, arrivals)
        assert actor_of(store, one, 0) != actor_of(store, one, 1)


@pytest.mark.parametrize("published", [None, "no date"])
def test_documents_without_a_date_are_linked(store: Store, published: str | None) -> None:
    with undone(store):
        one, other = arrivals = add(
            store, [told(person("Ann Vale", code="NOR.GOV"), published=published) for _ in range(2)]
        )
        registry.link(store, arrivals)
        assert actor_of(store, one) == actor_of(store, other) is not None
