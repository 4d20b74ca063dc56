"""Roles of entities in all happenings of a text, and the signs that are made of them."""

import pytest

from onrecord.events.frames import FrameReader, triggers_in
from onrecord.events.happenings import Happening
from onrecord.events.lexicon import load_lexicon
from onrecord.events.role_signs import NOUN_SIZES, ROLE_SIZES, RoleSigns, noun_signs, rank_of
from onrecord.events.told_roles import ToldRoles, keys_of
from onrecord.records import Kind
from tests.events.made_texts import MadeText, tree_of

CONDEMNED = (
    "Dorn/NNP/nsubj/2 condemned/VBD/root/0 the/DT/det/4 arrest/NN/obj/2 of/IN/case/7 "
    "the/DT/det/7 monks/NNS/nmod/4"
)


def happenings_of(sentence: str) -> list[Happening]:
    text = MadeText(sentence).actors("Dorn").made()
    return list(triggers_in(text.sentences, FrameReader(load_lexicon())))


def told_of(found: list[Happening]) -> ToldRoles:
    return ToldRoles({0: {word: own for own in found for word in range(own.first, own.last + 1)}})


def test_roles_are_counted_by_type_and_word() -> None:
    condemned, arrest = happenings_of(CONDEMNED)
    told = told_of([condemned, arrest])
    told.add(condemned, (["dorn"], ["guards"]))
    told.add(arrest, (["guards"], ["monks"]))
    assert told.rule(arrest) == (["guards"], ["monks"])
    of_type, of_word, of_all = keys_of(arrest)
    assert told.counts("guards")[of_type] == (1, 0)
    assert told.counts("monks")[of_word] == (0, 1)
    assert told.counts("guards")[of_all] == (1, 1)
    assert not told.counts("nobody")


def test_happenings_know_those_above_and_below() -> None:
    condemned, arrest = happenings_of(CONDEMNED)
    told = told_of([condemned, arrest])
    assert told.below(condemned) is arrest
    assert told.above(arrest) is condemned
    assert told.above(condemned) is None
    assert told.below(arrest) is None


def test_a_happening_does_not_count_for_itself() -> None:
    condemned, arrest = happenings_of(CONDEMNED)
    told = told_of([condemned, arrest])
    alone = RoleSigns(arrest, told).of("monks", None, 0)
    told.add(arrest, (["guards"], ["monks"]))
    assert RoleSigns(arrest, told).of("monks", None, 0)[:3] == alone[:3] == (0, 0, 0)
    assert RoleSigns(condemned, told).of("monks", None, 0)[2] == 1


@pytest.mark.parametrize("entity", ["", "dorn", "guards", "monks"])
def test_signs_stay_within_their_sizes(entity: str) -> None:
    found = happenings_of(CONDEMNED)
    told = told_of(found)
    for own in found:
        for _ in range(3):
            told.add(own, (["guards"], ["monks", "dorn"]))
    for own in found:
        for word in (None, 0, 6):
            values = RoleSigns(own, told).of(entity, word, rank_of(9, is_behind=True))
            assert len(values) == len(ROLE_SIZES)
            assert all(0 <= v < size for v, size in zip(values, ROLE_SIZES, strict=True))


def test_nouns_are_told_apart_by_what_stands_before_them() -> None:
    tree = tree_of("The/DT/det/3 two/CD/nummod/3 monks/NNS/nsubj/4 left/VBD/root/0", {})
    counted = noun_signs(tree, 2, None)
    other = tree_of("Some/DT/det/2 monks/NNS/nsubj/3 left/VBD/root/0", {})
    assert counted[1] != noun_signs(other, 1, None)[1]
    for values in (counted, noun_signs(tree, 2, Kind.PERSON), noun_signs(tree, 3, None)):
        assert all(0 <= v < size for v, size in zip(values, NOUN_SIZES, strict=True))
