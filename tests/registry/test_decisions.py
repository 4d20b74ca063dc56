"""What persons decide: it is done, logged, and holds when documents are linked again."""

import json

import pytest

from onrecord import registry
from onrecord.errors import StoreError
from onrecord.records import content_id
from onrecord.store import Arrival, Store
from tests.registry.made import AT, actor_of, add, body, person, state_of, told, undone

WHO = {"why": "seen in both", "by": "an editor", "at": AT}


def _relink(store: Store, arrivals: list[Arrival]) -> None:
    registry.unlink(store, [arrival.number for arrival in arrivals])
    registry.link(store, arrivals)


def _entity(arrival: Arrival, number: int = 0) -> str:
    return content_id("entity", arrival.reading.document.id, number)


def test_a_merge_makes_one_and_holds(store: Store) -> None:
    with undone(store):
        one, other, third = arrivals = add(
            store,
            [
                told(person("Ann Vale", code="NOR.GOV")),
                told(person("Anna Valen", code="NOR.GOV")),
                told(person("Anna Valen", code="NOR.GOV"), published="2023-01-01"),
            ],
        )
        registry.link(store, arrivals)
        kept, gone = str(actor_of(store, one)), str(actor_of(store, other))
        assert registry.merge(store, kept[:12], gone, **WHO) == kept
        assert {actor_of(store, own) for own in arrivals} == {kept}
        (change,) = registry.list_changes(store)
        assert (change.kind, change.actor, change.other, change.by) == (
            *("merge", kept, gone),
            "an editor",
        )
        assert change.why["reason"] == "seen in both"
        merged = state_of(store)
        _relink(store, arrivals)
        assert len({actor_of(store, own) for own in arrivals}) == 1
        assert state_of(store)["actors"] == merged["actors"]
        _relink(store, [third, other, one])
        assert len({actor_of(store, own) for own in arrivals}) == 1


def test_a_split_makes_two_and_holds(store: Store) -> None:
    with undone(store):
        arrivals = add(
            store,
            [
                told(person("Jon Harrow", code="GBR.GOV"), published=f"202{n}-01-01")
                for n in range(4)
            ],
        )
        registry.link(store, arrivals)
        whole = str(actor_of(store, arrivals[0]))
        moved = [_entity(arrival) for arrival in arrivals[2:]]
        made = registry.split(store, whole, [entity[:12] for entity in moved], **WHO)
        assert [actor_of(store, own) for own in arrivals] == [whole, whole, made, made]
        counts = dict(
            store.connection.execute("SELECT id, n_documents FROM known_actors").fetchall()
        )
        assert counts == {whole: 2, made: 2}
        _relink(store, arrivals)
        groups = [actor_of(store, own) for own in arrivals]
        assert groups[0] == groups[1] != groups[2] == groups[3]
        why = store.connection.execute(
            "SELECT why FROM actor_entities WHERE document = ?", (arrivals[3].number,)
        ).fetchone()[0]
        assert json.loads(why)["reasons"][0]["what"] == "decided by a person"


def test_a_later_decision_overrules_an_earlier_one(store: Store) -> None:
    with undone(store):
        arrivals = add(
            store,
            [
                told(person("Jon Harrow", code="GBR.GOV"), published=f"202{n}-01-01")
                for n in range(3)
            ],
        )
        registry.link(store, arrivals)
        whole = str(actor_of(store, arrivals[0]))
        made = registry.split(store, whole, [_entity(arrivals[2])], **WHO)
        registry.merge(store, whole, made, **WHO)
        _relink(store, arrivals)
        assert len({actor_of(store, own) for own in arrivals}) == 1
        whole = str(actor_of(store, arrivals[0]))
        registry.split(store, whole, [_entity(arrivals[2])], **WHO)
        _relink(store, arrivals)
        assert actor_of(store, arrivals[0]) == actor_of(store, arrivals[1])
        assert actor_of(store, arrivals[0]) != actor_of(store, arrivals[2])


def test_the_program_does_not_merge_what_a_person_has_split(store: Store) -> None:
    with undone(store):
        first, second, both = arrivals = add(
            store,
            [
                told(body("Tarn Relief Council", "TRC", code="NGO")),
                told(body("TRC", code="NGO")),
                told(body("Tarn Relief Council", "TRC", code="NGO"), published="2023-01-01"),
            ],
        )
        registry.link(store, arrivals[:2])
        registry.split(store, str(actor_of(store, first)), [_entity(second)], **WHO)
        registry.link(store, [both])
        assert actor_of(store, first) != actor_of(store, second)


def test_a_merge_holds_when_entities_have_other_ids(store: Store) -> None:
    with undone(store):
        one, other = arrivals = add(
            store,
            [
                told(person("Ann Vale", code="NOR.GOV")),
                told(body("Horizon"), person("Anna Valen", code="NOR.GOV")),
            ],
        )
        registry.link(store, arrivals)
        registry.merge(store, str(actor_of(store, one)), str(actor_of(store, other, 1)), **WHO)
        registry.unlink(store, [other.number])
        old = other.reading.entities or ()
        new = {entity.id: content_id("another model", entity.id) for entity in old}
        reading = other.reading.replace(
            entities=tuple(_with_id(entity, new) for entity in old),
            mentions=tuple(_of(mention, new) for mention in other.reading.mentions or ()),
            run=_other_run(),
        )
        added = store.add(reading, at=AT)
        assert added.number == other.number
        registry.link(store, [Arrival(number=other.number, reading=reading)])
        rows = store.connection.execute(
            "SELECT count(*) FROM known_actors WHERE kind = 'person'"
        ).fetchone()
        assert rows[0] == 1


def _with_id(entity, ids):
    import dataclasses

    return dataclasses.replace(entity, id=ids[entity.id])


def _of(mention, ids):
    import dataclasses

    return dataclasses.replace(mention, entity=ids[mention.entity])


def _other_run():
    from onrecord.records import make_run

    return make_run(software="2", model="m", model_digest="d", settings={})


@pytest.mark.parametrize("given", ["zz", ""])
def test_unknown_actors_are_refused(store: Store, given: str) -> None:
    with undone(store):
        arrivals = add(store, [told(person("Ann Vale", code="NOR.GOV"))])
        registry.link(store, arrivals)
        known = str(actor_of(store, arrivals[0]))
        with pytest.raises(StoreError, match="no actor has an id"):
            registry.merge(store, known, given, **WHO)


def test_bad_merges_and_splits_are_refused(store: Store) -> None:
    with undone(store):
        arrivals = add(store, [told(person("Ann Vale", code="NOR.GOV"))])
        registry.link(store, arrivals)
        known = str(actor_of(store, arrivals[0]))
        with pytest.raises(StoreError, match="one actor already"):
            registry.merge(store, known, known, **WHO)
        with pytest.raises(StoreError, match="no entity"):
            registry.split(store, known, ["nothing"], **WHO)
        with pytest.raises(StoreError, match="leaves some"):
            registry.split(store, known, [_entity(arrivals[0])], **WHO)


def test_rows_that_point_at_an_actor_follow_its_entities(store: Store) -> None:
    with undone(store):
        one, other = arrivals = add(
            store,
            [told(person("Ann Vale", code="NOR.GOV")), told(person("Anna Valen", code="NOR.GOV"))],
        )
        registry.link(store, arrivals)
        numbers = {
            arrival.number: store.connection.execute(
                "SELECT actor FROM actor_entities WHERE document = ?", (arrival.number,)
            ).fetchone()[0]
            for arrival in arrivals
        }
        _put_stance(store, other.number, numbers[other.number])
        registry.merge(store, str(actor_of(store, one)), str(actor_of(store, other)), **WHO)
        speaker = store.connection.execute("SELECT speaker FROM stances").fetchone()[0]
        assert speaker == numbers[one.number]


def _put_stance(store: Store, document: int, speaker: int) -> None:
    store.connection.execute(
        "INSERT INTO claims VALUES (1, 'claim', ?, 'statement', 'row', '[]', NULL, NULL, NULL,"
        " 1, 0, 0, 0)",
        (document,),
    )
    store.connection.execute(
        "INSERT INTO stances VALUES (?, 'stance', 1, 'statement', 'row', '[]', ?, '[]',"
        " 'asserts', ?, NULL, '{}', 1.0)",
        (document, speaker, document),
    )
