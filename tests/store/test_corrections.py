"""Corrections: checked, applied, taken back, and applied again after a new reading."""

import dataclasses
import random
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError, StoreError
from onrecord.records import (
    Act,
    Entity,
    EventType,
    Kind,
    Reading,
    RowKind,
    Span,
    content_id,
    statement_id,
)
from onrecord.schema import find_violations, sections
from onrecord.store import Store
from onrecord.store.corrections import (
    Linking,
    Signature,
    accept_row,
    add_row,
    list_corrections,
    reject_row,
    set_field,
    undo,
)
from onrecord.store.finding import FoundRow, find_row
from onrecord.store.rows import plain_row
from onrecord.store.training import training_rows
from tests.store.made import AT, LATER, by_run, check_whole, full_reading, quick_store

SIGNED = Signature(by="Mio Tarn", at=AT, why="read it again")
READING = full_reading()
TEXT = READING.document.text


def at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with quick_store(tmp_path / "made.db") as store:
        with store.writing():
            store.add(READING, at=AT)
        yield store
        check_whole(store)
        for number in store.numbers():
            assert find_violations(store.reading(number)) == []


def row_of(store: Store, section: str, place: int = 0) -> FoundRow:
    return FoundRow(1, section, getattr(READING, section)[place].id)


def entity(name: str) -> Entity:
    return next(each for each in READING.entities or () if each.name == name)


def named(store: Store, section: str, row_id: str) -> Any:
    return next(r for r in getattr(store.reading(1), section) if r.id == row_id)


def read_again(store: Store, reading: Reading = READING, software: str = "2") -> None:
    with store.writing():
        store.add(by_run(reading, software), at=LATER)


@pytest.mark.parametrize(
    ("section", "field", "value", "expected"),
    [
        ("statements", "act", "accuse", Act.ACCUSE),
        ("statements", "act", Act.ADMIT, Act.ADMIT),
        ("statements", "content", [at("the Front")], (Span(**at("the Front")),)),
        ("statements", "speaker", None, None),
        ("statements", "probability", 1, 1.0),
        ("events", "type", "AID", EventType.AID),
        ("events", "trigger", at("killing"), Span(**at("killing"))),
        ("events", "actors", [], ()),
        ("entities", "name", "The Front", "The Front"),
        ("mentions", "kind", "weapon", Kind.WEAPON),
        ("quantities", "value", 13, 13.0),
        ("places", "geonames_id", 7, 7),
        ("commitments", "expires", "2031-02-05", "2031-02-05"),
    ],
)
def test_a_field_is_set_and_taken_back(
    store: Store, section: str, field: str, value: Any, expected: Any
) -> None:
    row = row_of(store, section)
    before = getattr(named(store, section, row.id), field)
    made = set_field(store, row, field, value, SIGNED)
    assert getattr(named(store, section, row.id), field) == expected
    assert (made.kind, made.field, made.by, made.at) == ("set", field, "Mio Tarn", AT)
    assert made.old is not None
    assert made.old["value"] == plain_row(getattr(READING, section)[0])[field]
    undo(store, made.id, SIGNED)
    assert getattr(named(store, section, row.id), field) == before
    assert store.reading(1) == READING


@pytest.mark.parametrize(
    ("section", "field", "value", "problem"),
    [
        ("statements", "act", "mutter", "one of assert"),
        ("statements", "acts", "deny", "no such field; it has source, cue"),
        ("statements", "id", "x", "names the row"),
        ("statements", "run", "x", "what made the row"),
        ("statements", "depth", 4, "follows from `parent`"),
        ("statements", "act", "assert", "already"),
        ("statements", "act", None, "one of assert"),
        ("statements", "content", [{"start": 0, "end": 99_999}], "ends after the text"),
        ("statements", "content", [{"start": 5, "end": 5}], "no span"),
        (
            "statements",
            "content",
            [{"start": 0, "end": 9}, {"start": 4, "end": 12}],
            "overlap",
        ),
        ("statements", "content", "the words", "a list"),
        ("statements", "speaker", "nobody", "id of no entity"),
        ("statements", "probability", 2, "no probability"),
        ("statements", "parent", READING.statements[0].id, "inside itself"),  # type: ignore[index]
        ("entities", "mentions", [], "set `entity` of the mentions"),
        ("mentions", "entity", "nobody", "id of no entity"),
        ("documents", "text", "Other words.", "never changes"),
        ("documents", "url", "https://news.example", "versions of an article share it"),
        ("documents", "title", 7, "str"),
        ("documents", "published", "06/03/2024", "no date"),
        ("documents", "published", "2024-02-30", "no date"),
        ("documents", "published", "2024-03-06T10:00", "no date"),
        ("documents", "published", "20240306", "no date"),
        ("documents", "published", "", "no date"),
        ("quantities", "value", "many", "float"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused(
    store: Store, section: str, field: str, value: Any, problem: str
) -> None:
    row = (
        FoundRow(1, "documents", READING.document.id)
        if section == "documents"
        else row_of(store, section)
    )
    with pytest.raises(InputError, match=problem):
        set_field(store, row, field, value, SIGNED)
    assert store.reading(1) == READING
    assert list(list_corrections(store)) == []


def test_particulars_of_a_document_are_set_and_its_words_found(store: Store) -> None:
    row = FoundRow(1, "documents", READING.document.id)
    made = set_field(store, row, "title", "Pier under fire", SIGNED)
    set_field(store, row, "published", "2022-08-04", SIGNED)
    assert store.document(1).title == "Pier under fire"
    assert store.document(1).id == READING.document.id
    assert store.connection.execute("SELECT rowid FROM document_words('pier')").fetchall()
    read_again(store)
    assert store.document(1).title == "Pier under fire"
    undo(store, made.id, SIGNED)
    assert store.document(1).title == "Harbour shelled"
    assert store.document(1).published == "2022-08-04"


@pytest.mark.parametrize("day", ["2022-08-04", "2022-08-04T10:15:00+02:00", None])
def test_the_day_of_a_document_is_set(store: Store, day: str | None) -> None:
    row = FoundRow(1, "documents", READING.document.id)
    set_field(store, row, "published", day, SIGNED)
    assert store.document(1).published == day


@pytest.mark.parametrize("by", ["", "  "])
def test_a_correction_is_signed(by: str) -> None:
    with pytest.raises(InputError, match="names who makes it"):
        Signature(by=by, at=AT)


def test_words_are_found_as_they_were_set(store: Store) -> None:
    def found(table: str, words: str) -> int:
        return len(store.connection.execute(f"SELECT rowid FROM {table}(?)", (words,)).fetchall())

    assert (found("statement_words", "withdraw"), found("entity_words", "front")) == (1, 1)
    content = [at("the Front had seized Upper Wessel")]
    made = set_field(store, row_of(store, "statements"), "content", content, SIGNED)
    renamed = FoundRow(1, "entities", entity("Northern Front").id)
    set_field(store, renamed, "name", "Band of the North", SIGNED)
    assert (found("statement_words", "withdraw"), found("entity_words", "front")) == (0, 0)
    assert found("entity_words", "band") == 1
    undo(store, made.id, SIGNED)
    assert found("statement_words", "withdraw") == 1


def test_a_statement_that_moves_takes_its_depth(store: Store) -> None:
    inner = READING.statements[2]  # type: ignore[index]
    made = set_field(store, FoundRow(1, "statements", inner.id), "parent", None, SIGNED)
    assert named(store, "statements", inner.id).depth == 0
    first = READING.statements[0].id  # type: ignore[index]
    set_field(store, row_of(store, "statements", 1), "parent", first, SIGNED)
    undo(store, made.id, SIGNED)
    assert named(store, "statements", inner.id).depth == 2


def test_what_names_a_rejected_entity_names_nobody(store: Store) -> None:
    front = entity("Northern Front")
    made = reject_row(store, FoundRow(1, "entities", front.id), SIGNED)
    kept = store.reading(1)
    assert front.id not in {each.id for each in kept.entities or ()}
    assert not {m.id for m in kept.mentions or ()} & set(front.mentions)
    assert all(front.id not in event.actors for event in kept.events or ())
    assert kept.control_claims is not None
    assert kept.control_claims[0].holder is None
    assert front.id not in kept.commitments[0].parties  # type: ignore[index]
    undo(store, made.id, SIGNED)
    assert store.reading(1) == READING


def test_a_rejected_statement_leaves_its_words_to_the_one_around_it(store: Store) -> None:
    outer, inner = READING.statements[1:3]  # type: ignore[index]
    made = reject_row(store, FoundRow(1, "statements", inner.id), SIGNED)
    drones = next(e for e in READING.events or () if e.asserted_by == inner.id)
    assert named(store, "events", drones.id).asserted_by == outer.id
    again = reject_row(store, FoundRow(1, "statements", outer.id), SIGNED)
    assert named(store, "events", drones.id).asserted_by is None
    undo(store, made.id, SIGNED)
    assert named(store, "statements", inner.id).parent is None
    assert named(store, "events", drones.id).asserted_by == inner.id
    undo(store, again.id, SIGNED)
    assert store.reading(1) == READING


def test_a_row_that_another_cannot_be_without_is_named(store: Store) -> None:
    claim = READING.control_claims[0]  # type: ignore[index]
    with pytest.raises(InputError, match=f"control_claim {claim.id} needs it; reject that first"):
        reject_row(store, FoundRow(1, "places", claim.place), SIGNED)
    reject_row(store, FoundRow(1, "control_claims", claim.id), SIGNED)
    made = reject_row(store, FoundRow(1, "places", claim.place), SIGNED)
    assert all(event.place != claim.place for event in store.reading(1).events or ())
    undo(store, made.id, SIGNED)
    with pytest.raises(InputError, match="a document is not rejected"):
        reject_row(store, FoundRow(1, "documents", READING.document.id), SIGNED)


@pytest.mark.parametrize("section", list(sections()))
def test_any_row_can_be_rejected_and_comes_back(store: Store, section: str) -> None:
    for row in getattr(READING, section) or ():
        try:
            made = reject_row(store, FoundRow(1, section, row.id), SIGNED)
        except InputError as error:
            assert "needs it" in str(error)  # noqa: PT017 - a few may be refused
            continue
        check_whole(store)
        assert row.id not in {each.id for each in getattr(store.reading(1), section)}
        undo(store, made.id, dataclasses.replace(SIGNED, why=section))
        assert store.reading(1) == READING


def test_a_statement_is_added_from_what_is_printed(store: Store) -> None:
    words = {
        "source": [at("The ministry") | {"text": "The ministry"}],
        "cue": [at("said that") | {"text": "said that"}],
        "content": [at("two boats")],
        "act": "assert",
        "polarity": "affirm",
        "manner": "indirect",
        "speaker": entity("ministry").id,
    }
    made = add_row(store, 1, RowKind.STATEMENT, words, SIGNED)
    row = store.reading(1).statements[-1]  # type: ignore[index]
    assert row.id == made.row
    assert row.id == statement_id(
        READING.document.id, source=row.source, cue=row.cue, content=row.content
    )
    assert (row.probability, row.depth, row.run) == (1.0, 0, READING.run.id)
    with pytest.raises(InputError, match=f"there already, as {row.id}"):
        add_row(store, 1, RowKind.STATEMENT, words, SIGNED)
    undo(store, made.id, SIGNED)
    assert store.reading(1) == READING


def test_an_event_a_time_and_a_figure_are_added(store: Store) -> None:
    event = {"trigger": at("limits"), "type": "AGREE", "factuality": "actual"}
    made = add_row(store, 1, RowKind.EVENT, event, SIGNED)
    assert made.row == content_id(
        "event", READING.document.id, Span(**at("limits")), EventType.AGREE
    )
    add_row(store, 1, RowKind.TIME, {"span": at("July"), "type": "DATE", "value": None}, SIGNED)
    add_row(store, 1, RowKind.QUANTITY, {"span": at("each"), "value": 1}, SIGNED)
    kept = store.reading(1)
    assert [time.span for time in kept.times or ()] == [Span(**at("July"))]


def test_a_mention_alone_makes_its_entity(store: Store) -> None:
    mention = {"span": at("drones"), "kind": "weapon", "form": "description"}
    made = add_row(store, 1, RowKind.MENTION, mention, SIGNED)
    kept = named(store, "mentions", made.row)
    own = named(store, "entities", kept.entity)
    assert (own.name, own.kind, own.mentions) == ("drones", Kind.WEAPON, (made.row,))
    read_again(store)
    assert named(store, "mentions", made.row).entity == own.id
    undo(store, made.id, SIGNED)
    assert store.reading(1) == by_run(READING, "2")


def test_a_mention_that_names_another_moves_and_an_empty_entity_becomes_it(store: Store) -> None:
    vale, ministry = entity("Ann Vale"), entity("ministry")
    mention = FoundRow(1, "mentions", ministry.mentions[0])
    made = set_field(store, mention, "entity", vale.id, SIGNED)
    kept = named(store, "entities", vale.id)
    assert set(kept.mentions) == {*vale.mentions, *ministry.mentions}
    assert ministry.id not in {each.id for each in store.reading(1).entities or ()}
    assert store.reading(1).statements[1].speaker == vale.id  # type: ignore[index]
    undo(store, made.id, SIGNED)
    assert store.reading(1) == READING


def test_an_entity_takes_the_mentions_it_is_added_with(store: Store) -> None:
    front = entity("Northern Front")
    made = add_row(
        store,
        1,
        RowKind.ENTITY,
        {"name": "The Front", "kind": "organization", "mentions": [front.mentions[1]]},
        SIGNED,
    )
    assert named(store, "entities", front.id).mentions == front.mentions[:1]
    assert named(store, "mentions", front.mentions[1]).entity == made.row
    undo(store, made.id, SIGNED)
    assert store.reading(1) == READING


@pytest.mark.parametrize(
    ("kind", "values", "problem"),
    [
        (RowKind.EVENT, {"type": "AID"}, "it needs trigger, factuality"),
        (RowKind.EVENT, {"triggers": 1}, "no field 'triggers'"),
        (RowKind.TIME, {"span": {"start": 1, "end": 0}, "type": "DATE"}, "no span"),
        (RowKind.TIME, {"span": {"start": 0, "end": 9999}, "type": "DATE"}, "after the text"),
        (
            RowKind.TIME,
            {"span": {"start": 0, "end": 4, "text": "July"}, "type": "DATE"},
            "the words at 0 to 4",
        ),
        (RowKind.PLACE, {"name": "Tarn", "mention": "nobody"}, "id of no mention"),
        (RowKind.DOCUMENT, {}, "take it in"),
    ],
)
def test_a_row_that_cannot_be_is_not_added(
    store: Store, kind: RowKind, values: Any, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        add_row(store, 1, kind, values, SIGNED)
    assert store.reading(1) == READING


def test_corrections_outlive_a_new_reading(store: Store) -> None:
    claim = READING.control_claims[0]  # type: ignore[index]
    set_field(store, row_of(store, "statements"), "act", "accuse", SIGNED)
    reject_row(store, FoundRow(1, "control_claims", claim.id), SIGNED)
    added = add_row(
        store,
        1,
        RowKind.EVENT,
        {"trigger": at("limits"), "type": "AGREE", "factuality": "actual"},
        SIGNED,
    )
    accept_row(store, row_of(store, "events"), SIGNED)
    before = store.reading(1)
    read_again(store)
    assert store.reading(1) == by_run(before, "2")
    assert [problem for _, problem in list_corrections(store)] == [None] * 4
    undo(store, added.id, SIGNED)
    read_again(store, software="3")
    kept = store.reading(1)
    assert kept.events == by_run(READING, "3").events
    assert kept.control_claims == ()


def test_a_row_whose_words_moved_a_little_is_known_again(store: Store) -> None:
    first = READING.statements[0]  # type: ignore[index]
    event = READING.events[0]  # type: ignore[index]
    speaker = FoundRow(1, "statements", first.id)
    set_field(store, speaker, "speaker", entity("Ann Vale").id, SIGNED)
    set_field(store, FoundRow(1, "events", event.id), "mode", "aerial", SIGNED)
    moved = _moved(READING)
    read_again(store, moved)
    kept = store.reading(1)
    vale = next(each for each in moved.entities or () if each.name == "Ann Vale")
    assert kept.statements is not None
    assert kept.events is not None
    assert kept.statements[0].speaker == vale.id
    assert kept.events[0].mode == "aerial"
    assert [problem for _, problem in list_corrections(store)] == [None, None]


def _moved(reading: Reading) -> Reading:
    """As a new model may read: shorter contents, and other ids."""
    made = full_reading().document

    def renamed(own: str) -> str:
        return content_id("moved", own)

    def value(given: Any, known: set[str]) -> Any:
        if isinstance(given, str) and given in known:
            return renamed(given)
        if isinstance(given, tuple) and all(isinstance(each, str) for each in given):
            return tuple(value(each, known) for each in given)
        if isinstance(given, tuple):
            return tuple(
                dataclasses.replace(each, quantity=renamed(each.quantity))
                if hasattr(each, "quantity")
                else Span(each.start + 2, each.end)
                if isinstance(each, Span) and len(each) > 8
                else each
                for each in given
            )
        return given

    known = {row.id for name in sections() for row in getattr(reading, name) or ()}
    assert made.text == reading.document.text
    return reading.replace(
        **{
            name: tuple(
                dataclasses.replace(
                    row,
                    **{f.name: value(getattr(row, f.name), known) for f in dataclasses.fields(row)},
                )
                for row in getattr(reading, name)
            )
            for name in sections()
            if getattr(reading, name) is not None
        }
    )


def test_a_correction_whose_row_is_gone_is_kept_and_listed(store: Store) -> None:
    set_field(store, row_of(store, "statements"), "act", "accuse", SIGNED)
    accept_row(store, row_of(store, "events"), SIGNED)
    reject_row(store, row_of(store, "events", 1), SIGNED)
    read_again(store, READING.replace(statements=(), events=(), control_claims=(), commitments=()))
    problems = [problem for _, problem in list_corrections(store)]
    assert problems[0] is not None
    assert "not there" in problems[0]
    assert problems[1] is not None
    assert problems[2] is None, "what was rejected need not be there"
    read_again(store, software="3")
    assert store.reading(1).statements[0].act is Act.ACCUSE  # type: ignore[index]
    assert [problem for _, problem in list_corrections(store)] == [None] * 3


def test_a_row_that_was_added_and_is_then_found_stands_there_once(store: Store) -> None:
    missing = READING.events[3]  # type: ignore[index]
    without = READING.replace(events=READING.events[:3] + READING.events[4:])  # type: ignore[index]
    read_again(store, without)
    values = plain_row(missing) | {"mode": "aerial"}
    add_row(store, 1, RowKind.EVENT, values, SIGNED)
    wider = dataclasses.replace(
        missing,
        id=content_id("wider"),
        trigger=Span(missing.trigger.start - 6, missing.trigger.end),
    )
    read_again(store, without.replace(events=(*without.events, wider)), "3")  # type: ignore[misc]
    found = [e for e in store.reading(1).events or () if e.trigger.overlaps(missing.trigger)]
    assert [(event.mode, event.trigger) for event in found] == [("aerial", missing.trigger)]
    read_again(store, software="4")
    found = [e for e in store.reading(1).events or () if e.trigger.overlaps(missing.trigger)]
    assert [event.mode for event in found] == ["aerial"]


def test_later_corrections_of_a_field_win_whatever_is_taken_back(store: Store) -> None:
    row = row_of(store, "statements")
    made = [
        set_field(store, row, "act", act, SIGNED).id for act in ("accuse", "warn", "deny", "ask")
    ]
    undo(store, made[1], SIGNED)
    assert named(store, "statements", row.id).act == "ask"
    undo(store, made[3], SIGNED)
    assert named(store, "statements", row.id).act == "deny"
    undo(store, made[2], SIGNED)
    assert named(store, "statements", row.id).act == "accuse"
    undone = undo(store, made[0], SIGNED)
    assert store.reading(1) == READING
    undo(store, undone.id, SIGNED)
    assert named(store, "statements", row.id).act == "accuse"
    with pytest.raises(InputError, match="taken back already"):
        undo(store, made[1], SIGNED)
    with pytest.raises(StoreError, match="no one correction"):
        undo(store, "zzzzzz", SIGNED)


@pytest.mark.parametrize("seed", range(6))
def test_all_can_be_taken_back_in_any_order(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    made = []
    for step in range(12):
        signed = dataclasses.replace(SIGNED, why=f"step {step}")
        try:
            made.append(_some_correction(store, dice, signed).id)
        except InputError:
            continue
        check_whole(store)
        assert find_violations(store.reading(1)) == []
    before = store.reading(1)
    read_again(store)
    assert store.reading(1) == by_run(before, "2")
    dice.shuffle(made)
    for each in made:
        undo(store, each, SIGNED)
        check_whole(store)
        assert find_violations(store.reading(1)) == []
    assert store.reading(1) == by_run(READING, "2")


def _some_correction(store: Store, dice: random.Random, signed: Signature) -> Any:
    reading = store.reading(1)
    section = dice.choice(list(sections()))
    rows = getattr(reading, section)
    if not rows or dice.random() < 0.2:
        start = dice.randrange(len(TEXT) - 9)
        span = {"start": start, "end": start + dice.randint(1, 9)}
        return add_row(
            store,
            1,
            RowKind.MENTION,
            {"span": span, "kind": "other", "form": "name", "entity": None},
            signed,
        )
    row = FoundRow(1, section, dice.choice(rows).id)
    if dice.random() < 0.5:
        return reject_row(store, row, signed)
    field, value = dice.choice(_changes(reading, dice))
    return set_field(store, row, field, value, signed)


def _changes(reading: Reading, dice: random.Random) -> list[tuple[str, Any]]:
    entities = [each.id for each in reading.entities or ()]
    return [
        ("act", "warn"),
        ("kind", "weapon"),
        ("name", "Someone"),
        ("entity", dice.choice(entities)),
        ("speaker", dice.choice(entities)),
        ("actors", [dice.choice(entities)]),
        ("parent", dice.choice([None, *(each.id for each in reading.statements or ())])),
        ("place", None),
        ("value", None),
        ("holder", dice.choice(entities)),
    ]


def test_actors_are_let_go_and_documents_linked_again(store: Store) -> None:
    front = entity("Northern Front")
    with store.writing():
        store.connection.execute(
            "INSERT INTO known_actors (id, name, kind, n_documents) VALUES ('a', 'A', 'person', 1)"
        )
        store.connection.execute(
            "INSERT INTO actor_entities VALUES (1, ?, 1, '{}', 1.0)", (front.id,)
        )
    calls: list[tuple[str, Any]] = []
    linking = Linking(
        unlink=lambda _, numbers: calls.append(("unlink", numbers)),
        link=lambda _, arrivals: calls.append(("link", arrivals[0].reading)),
    )
    reject_row(store, FoundRow(1, "entities", front.id), SIGNED, linking=linking)
    assert store.connection.execute("SELECT * FROM actor_entities").fetchall() == []
    assert calls == [("unlink", (1,)), ("link", store.reading(1))]


def test_the_same_correction_twice_is_one(store: Store) -> None:
    row = row_of(store, "events")
    assert accept_row(store, row, SIGNED) == accept_row(store, row, SIGNED)
    assert len(list(list_corrections(store))) == 1


def test_corrections_go_with_their_document(store: Store) -> None:
    set_field(store, row_of(store, "statements"), "act", "warn", SIGNED)
    with store.writing():
        store.delete(1, at=LATER)
    for table in ("corrections", "correction_effects"):
        assert store.connection.execute(f"SELECT * FROM {table}").fetchall() == []
    with store.writing():
        store.restore(READING.document.id)
        store.add(READING, at=LATER)
    assert store.reading(2) == READING


def test_training_data_has_the_text_and_both_rows(store: Store) -> None:
    row = row_of(store, "statements")
    set_field(store, row, "act", "accuse", SIGNED)
    taken = set_field(store, row, "polarity", "deny", SIGNED)
    undo(store, taken.id, SIGNED)
    reject_row(store, row_of(store, "events", 4), SIGNED)
    add_row(store, 1, RowKind.TIME, {"span": at("July"), "type": "DATE"}, SIGNED)
    accept_row(store, row_of(store, "events"), SIGNED)
    set_field(store, FoundRow(1, "documents", READING.document.id), "author", "Bo Tarn", SIGNED)
    found = list(training_rows(store))
    assert [each["kind"] for each in found] == ["set", "reject", "add", "accept", "set"]
    changed, gone, new, right, article = found
    assert (changed["before"]["act"], changed["after"]["act"]) == ("assert", "accuse")
    assert changed["after"]["cue"] == [at("said") | {"text": "said"}]
    assert changed["document"]["text"] == TEXT
    assert gone["before"]["trigger"]["text"] == "struck"
    assert gone["after"] is None
    assert new["before"] is None
    assert new["after"]["span"]["text"] == "July"
    assert right["before"] == right["after"]
    assert article["after"]["author"] == "Bo Tarn"


def test_rows_are_found_by_the_beginning_of_their_ids(store: Store) -> None:
    statement, mention = READING.statements[0].id, READING.mentions[0].id  # type: ignore[index]
    assert find_row(store, statement[:10]) == FoundRow(1, "statements", statement)
    assert find_row(store, READING.document.id[:10]) == FoundRow(
        1, "documents", READING.document.id
    )
    assert find_row(store, mention, document=READING.document.id[:8]).section == "mentions"
    for given in (mention, "zzzz", 'x" OR "y'):
        with pytest.raises(StoreError, match="for other rows name their document too"):
            find_row(store, given)
    for given in ("", "ab", "ab*"):
        with pytest.raises(StoreError, match="too short for an id; give 4 signs or more"):
            find_row(store, given)
    with pytest.raises(StoreError, match="no row of"):
        find_row(store, "zzzz", document=READING.document.id)
    with pytest.raises(StoreError, match="several rows"):
        find_row(store, "", document=READING.document.id)
