"""Entities for parties that no earlier stage has a row for."""

import pytest

from onrecord.events.made_entities import MadeEntities, is_folk, kind_of
from onrecord.records import Entity, Kind, MentionForm
from onrecord.syntax.trees import Tree
from tests.events.made_texts import tree_of

CONVOYS = (
    "Rebels/NNS/nsubj/2 burned/VBD/root/0 a/DT/det/5 supply/NN/compound/5 convoy/NN/obj/2 "
    "and/CC/cc/9 the/DT/det/9 aid/NN/compound/9 convoy/NN/conj/5"
)


def entities_of(sentence: str, *words: int) -> tuple[MadeEntities, list[Entity | None]]:
    """What some words of a sentence name."""
    tree = tree_of(sentence)
    text = " ".join(t.rsplit("/", 3)[0] for t in sentence.split())
    made = MadeEntities("d", "r", text)
    return made, [made.at(tree, word) for word in words]


def named(sentence: str, *words: int) -> list[str | None]:
    return [None if e is None else e.name for e in entities_of(sentence, *words)[1]]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("gunmen", Kind.PERSON),
        ("protesters", Kind.PERSON),
        ("police", Kind.ORGANIZATION),
        ("ministry", Kind.ORGANIZATION),
        ("convoy", Kind.FACILITY),
        ("libraries", Kind.FACILITY),
        ("warplanes", Kind.FACILITY),
        ("sorrow", None),
    ],
)
def test_what_a_noun_names(word: str, kind: Kind | None) -> None:
    assert kind_of(tree_of(f"{word}/NNS/root/0"), 0) is kind


@pytest.mark.parametrize(
    ("type_", "kind"),
    [("person", Kind.PERSON), ("organization", Kind.ORGANIZATION), ("place", Kind.PLACE),
     ("abstract", None), ("time", None)],
)  # fmt: skip
def test_the_encoder_tells_of_other_nouns(type_: str, kind: Kind | None) -> None:
    assert kind_of(tree_of("mourners/NNS/root/0", {"mourners": type_}), 0) is kind


def test_only_nouns_name_anything() -> None:
    assert kind_of(tree_of("guard/VB/root/0", {"guard": "person"}), 0) is None


def test_who_acts() -> None:
    assert is_folk("soldiers")
    assert is_folk("army")
    assert is_folk("tanks")
    assert not is_folk("bridge")


def test_an_entity_has_the_words_of_its_phrase() -> None:
    made, (entity,) = entities_of(CONVOYS, 4)
    assert entity is not None
    assert (entity.name, entity.kind) == ("a supply convoy", Kind.FACILITY)
    assert (entity.actor, entity.country, entity.place) == (None, None, None)
    (mention,) = made.by_id[entity.id].mentions.values()
    assert (mention.entity, mention.form) == (entity.id, MentionForm.DESCRIPTION)
    assert entity.mentions == (mention.id,)


def test_what_comes_between_is_no_part_of_a_phrase() -> None:
    sentence = "the/DT/det/4 ,/,/punct/4 late/JJ/amod/4 convoy/NN/root/0"
    assert named(sentence, 3) == ["late convoy"]


def test_other_modifiers_are_other_entities() -> None:
    _, (first, second) = entities_of(CONVOYS, 4, 8)
    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_the_convoy_is_the_one_before() -> None:
    sentence = f"{CONVOYS} and/CC/cc/12 the/DT/det/12 convoy/NN/conj/9"
    made, (_, last, again) = entities_of(sentence, 4, 8, 11)
    assert last is not None
    assert again is not None
    assert again.id == last.id
    assert made.entity(made.by_id[last.id]).mentions == tuple(
        m.id for m in made.by_id[last.id].mentions.values()
    )
    assert len(made.by_id[last.id].mentions) == 2


def test_another_convoy_is_another() -> None:
    sentence = f"{CONVOYS} and/CC/cc/12 a/DT/det/12 convoy/NN/conj/9"
    _, (last, again) = entities_of(sentence, 8, 11)
    assert last is not None
    assert again is not None
    assert again.id != last.id


def test_the_same_phrase_is_the_same_also_in_the_plural() -> None:
    sentence = "soldiers/NNS/root/0 and/CC/cc/4 the/DT/det/4 soldier/NN/conj/1"
    _, (first, second) = entities_of(sentence, 0, 3)
    assert first is not None
    assert first == second


def test_the_same_word_asked_for_twice_has_one_mention() -> None:
    made, (first, again) = entities_of(CONVOYS, 4, 4)
    assert first == again
    assert first is not None
    assert len(made.by_id[first.id].mentions) == 1


def test_a_phrase_names_the_same_when_it_is_asked_about_again_behind_another() -> None:
    sentence = (
        "aid/NN/compound/2 convoy/NN/root/0 the/DT/det/4 convoy/NN/obj/2 supply/NN/compound/6 "
        "convoy/NN/conj/2"
    )
    made, found = entities_of(sentence, 1, 3, 5, 3)
    assert found[0] == found[1] == found[3] != found[2]
    spans = [span for own in made.by_id.values() for span in own.mentions]
    assert len(spans) == len(set(spans)), "a mention stands once in a document"


def test_ids_depend_on_the_document_and_the_words() -> None:
    tree: Tree = tree_of("gunmen/NNS/root/0")
    ids = {MadeEntities(d, "r", "gunmen").at(tree, 0).id for d in ("a", "b", "a")}  # type: ignore[union-attr]
    assert len(ids) == 2


def test_names_in_a_row_are_of_one_kind() -> None:
    sentence = "Dorn/NNP/nsubj/4 and/CC/cc/3 Velt/NNP/conj/1 fell/VBD/root/0"
    tree = tree_of(sentence, {"Dorn": "place", "Velt": "object"})
    assert [kind_of(tree, word) for word in (0, 2)] == [Kind.PLACE, Kind.PLACE]
