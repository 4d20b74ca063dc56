"""Clusters of mentions to entities with a kind and a name."""

import time

import numpy as np
import pytest

from onrecord.encode.types import TYPES
from onrecord.entities import forms
from onrecord.entities.clusters import PairScorer
from onrecord.entities.drafts import DocumentMentions, EntityDraft
from onrecord.records import Kind, Span
from tests.entities.made_mentions import (
    Made,
    chain_scorer,
    found_mentions,
    greedy_scorer,
    head_scorer,
    parse,
)


@pytest.fixture(autouse=True)
def _two_first_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Genders of names are not the subject: Ann is a woman's, Tom a man's, no other is known."""
    known = {"ann": "f", "tom": "m"}
    monkeypatch.setattr(forms, "gender_of", lambda name: known.get(name.lower().split(" ")[0]))


def mentions_of(marked: str, scorer: PairScorer | None = None) -> DocumentMentions:
    parsed = parse(marked)
    found = found_mentions(parsed.text, parsed.mentions)
    return DocumentMentions(parsed.text, found, scorer or chain_scorer())


def drafts_of(
    marked: str, scorer: PairScorer | None = None
) -> list[tuple[str, Kind, tuple[str, ...]]]:
    """Name, kind and mentions of each entity."""
    own = mentions_of(marked, scorer)
    return [(own.name_of(d), d.kind, tuple(own.words[m] for m in d.mentions)) for d in own.entities]


def names_of(marked: str, scorer: PairScorer | None = None) -> list[str]:
    return [name for name, _, _ in drafts_of(marked, scorer)]


def test_no_mentions_make_no_entities() -> None:
    own = mentions_of("Nobody came.")
    assert own.entities == []
    assert own.entity_of == {}
    assert own.cluster_of == []


def test_names_descriptions_and_pronouns_of_a_chain_are_one_entity() -> None:
    marked = (
        "[person:1 The mayor], [person!:1 Ann Vale], said [person:1 she] knew [person!:1 Vale]."
    )
    assert drafts_of(marked) == [
        ("Ann Vale", Kind.PERSON, ("The mayor", "Ann Vale", "she", "Vale"))
    ]


def test_without_a_scorer_every_mention_is_by_itself() -> None:
    parsed = parse("[person!:1 Ann Vale] said [person:1 she] left.")
    own = DocumentMentions(parsed.text, found_mentions(parsed.text, parsed.mentions), None)
    assert own.cluster_of == [0, 1]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # The fullest name, whatever the order; then the longest; then the first.
        ("[person!:1 Vale] and [person!:1 Ann Vale] and [person!:1 Ann]", "Ann Vale"),
        ("[organization!:1 NARA], [organization!:1 North Ardal Rowing]", "North Ardal Rowing"),
        ("[person!:1 Vale’s] house", "Vale"),
        ("[person!:1 Ann Vale's] house", "Ann Vale"),
        ("[organization!:1 the Ardal Herald]", "Ardal Herald"),
        ("[person!:1 Ann\n  Vale]", "Ann Vale"),
        # No description is a name beside a name, however long.
        ("[person:1 the former mayor of the town of Ardal] [person!:1 Vale]", "Vale"),
        # Without any name, the longest description; never a pronoun beside one.
        ("[person:1 she] [person:1 the mayor] [person:1 the mayor of Ardal]", "the mayor of Ardal"),
        ("[person:1 she] [person:1 officials]", "officials"),
        ("[person:1 she] [person:1 herself]", "herself"),
        # What stands before the name of a treaty with a capital is part of it.
        (
            "[abstract:1 The Harvel [instrument!:1 Strategic Arms Treaty]] lapsed",
            "Harvel Strategic Arms Treaty",
        ),
        ("[abstract:1 the old [instrument!:1 Arms Treaty]] lapsed", "Arms Treaty"),
    ],
)
def test_the_best_name_is_chosen(marked: str, name: str) -> None:
    assert names_of(marked) == [name]


def test_a_capital_article_within_a_sentence_is_part_of_the_name() -> None:
    assert names_of("It met in [place! The Hague].") == ["The Hague"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[person:1 At least 15 sailors] drowned.", "15 sailors"),
        ("[person:1 More than a dozen monks] left.", "a dozen monks"),
        ("[person:1 An estimated four million people] marched.", "four million people"),
        ("[person:1 Some of the monks] left.", "Some of the monks"),
    ],
)
def test_how_sure_a_number_is_belongs_to_no_name(marked: str, name: str) -> None:
    assert names_of(marked) == [name]


def test_names_end_at_a_hundred_characters() -> None:
    (name,) = names_of(f"[person: {'very ' * 3000}long]".replace("person:", "person"))
    assert len(name) <= 100
    marked = f"[organization!:1 {'Ardal ' * 2000}] [organization!:1 the Ardal]"
    assert names_of(marked) == ["Ardal"]


def test_a_name_inside_of_its_phrase_goes_with_it() -> None:
    marked = "[person:1 Defence Minister [person? Ann Vale]] spoke. [person:1 She] left."
    assert drafts_of(marked) == [
        ("Ann Vale", Kind.PERSON, ("Defence Minister Ann Vale", "Ann Vale", "She"))
    ]


def test_of_two_names_with_a_comma_each_stays_one() -> None:
    marked = "[person:1 [person?:1 Ann Vale], [person?:2 Tom Orr]] were left out."
    assert [words for _, _, words in drafts_of(marked)] == [
        ("Ann Vale, Tom Orr", "Ann Vale"),
        ("Tom Orr",),
    ]


def test_a_country_with_its_people_is_a_country() -> None:
    marked = "[place!:1 Kenya] said [nationality!:1 Kenyan] and [nationality!:1 Kenyan] ships left."
    assert drafts_of(marked) == [("Kenya", Kind.PLACE, ("Kenya", "Kenyan", "Kenyan"))]


def test_some_people_are_not_always_their_country() -> None:
    marked = "[place!:1 Kenya] left. {}[nationality!:2 Kenyans] call it so."
    codes = {"Kenya": "KEN", "Kenyans": "KEN"}
    for article, n_entities in (("", 2), ("The ", 1)):
        parsed = parse(marked.format(article))
        found = found_mentions(parsed.text, parsed.mentions)
        own = DocumentMentions(parsed.text, found, chain_scorer(), country=codes.get)
        assert len(own.entities) == n_entities


def test_peoples_of_two_countries_are_two() -> None:
    parsed = parse("[place!:1 Kenya] lifted its ban on [nationality!:1 Ghanaian] cocoa.")
    found = found_mentions(parsed.text, parsed.mentions)
    codes = {"Kenya": "KEN", "Ghanaian": "GHA"}
    own = DocumentMentions(parsed.text, found, chain_scorer(), country=codes.get)
    assert [own.name_of(draft) for draft in own.entities] == ["Kenya", "Ghanaian"]


def test_a_name_that_is_not_the_head_of_its_phrase_stays_apart() -> None:
    marked = "[person:1 the mayor of [place? Ardal]] and [person:1 she]"
    assert drafts_of(marked) == [
        ("the mayor of Ardal", Kind.PERSON, ("the mayor of Ardal", "she")),
        ("Ardal", Kind.PLACE, ("Ardal",)),
    ]


def test_a_name_before_what_follows_it_goes_with_its_phrase() -> None:
    marked = "[person:1 [person? Ann Vale], the mayor of [place? Ardal],] and [person:1 she]"
    assert names_of(marked) == ["Ann Vale", "Ardal"]
    marked = "[person:1 [person? Ann Vale] of [place? Ardal]] and [person:1 she]"
    assert names_of(marked) == ["Ann Vale", "Ardal"]


def test_a_name_with_a_possessive_ending_goes_with_its_phrase() -> None:
    marked = "[object [person:1 Minister [person? Ann Vale]'s] car]. [person:1 She] left."
    assert drafts_of(marked)[-1] == (
        "Ann Vale",
        Kind.PERSON,
        ("Minister Ann Vale's", "Ann Vale", "She"),
    )


def test_the_nearest_phrase_around_a_name_has_it() -> None:
    marked = "[person:2 the wife, [person:1 Judge [person? Ann Vale]]] and [person:1 she]"
    own = drafts_of(marked)
    assert ("Ann Vale", Kind.PERSON, ("Judge Ann Vale", "Ann Vale", "she")) in own


def test_one_of_two_names_is_not_both_persons() -> None:
    marked = "[person:2 [person? Ann Vale] and [person? Tom Orr]] met. [person:2 They] left."
    own = drafts_of(marked)
    assert ("Ann Vale", Kind.PERSON, ("Ann Vale",)) in own
    assert ("Tom Orr", Kind.PERSON, ("Tom Orr",)) in own
    assert ("Ann Vale and Tom Orr", Kind.PERSON, ("Ann Vale and Tom Orr", "They")) in own


def test_phrases_of_two_persons_are_two_though_all_is_alike() -> None:
    marked = "[person Judge [person? Ann Vale]] and [person Judge [person? Bea Vale]]"
    assert names_of(marked, greedy_scorer()) == ["Ann Vale", "Bea Vale"]


def test_surnames_with_titles_are_those_of_the_full_name() -> None:
    marked = "[person! Tom Vale] left. [person! Mr Vale] and [person! Gen. Vale] agree."
    assert len(drafts_of(marked, head_scorer())) == 1


def test_titles_do_not_make_two_persons_one() -> None:
    marked = "[person! Ann Vale] left. [person! Dr Bea Vale] and [person! Dr Orr] agree."
    assert len(drafts_of(marked, greedy_scorer())) == 3


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[organization!:1 Vale] [person:1 he] [person:1 him]", Kind.ORGANIZATION),
        ("[person!:1 Vale] [organization!:1 Vale] [organization!:1 Vale]", Kind.ORGANIZATION),
        ("[object the missile]", Kind.WEAPON),
        ("[other! the Falke missile]", Kind.WEAPON),
        ("[abstract:1 the treaty] [abstract:1 it]", Kind.INSTRUMENT),
        ("[place the airport]", Kind.FACILITY),
        ("[organization the council]", Kind.ORGANIZATION),
        ("[place the region]", Kind.PLACE),
        ("[person:1 he] [person:1 the man] [organization:1 the crew]", Kind.PERSON),
    ],
)
def test_kinds_are_voted_for(marked: str, kind: Kind) -> None:
    assert [k for _, k, _ in drafts_of(marked)] == [kind]


@pytest.mark.parametrize("type_", ["time", "object", "abstract", "none"])
def test_descriptions_of_other_types_are_no_entities(type_: str) -> None:
    assert drafts_of(f"[{type_} the morning]") == []


def test_words_that_point_are_no_entities_by_themselves() -> None:
    assert drafts_of("[organization this]") == []
    assert drafts_of("[organization:1 This] [organization:1 that]") == []
    assert len(drafts_of("[organization:1 This] [organization:1 the firm]")) == 1


def test_pronouns_alone_are_entities_without_a_name() -> None:
    own = mentions_of("[person:1 He] said [person:1 he] left.")
    assert [(d.kind, d.is_named, d.mentions) for d in own.entities] == [
        (Kind.PERSON, False, [0, 1])
    ]


def test_every_mention_is_of_one_entity_at_most() -> None:
    own = mentions_of(
        "[person:1 Judge [person? Ann Vale]] met [person!:2 Tom Orr] and [person:1 her] [time days]"
    )
    listed = [m for d in own.entities for m in d.mentions]
    assert sorted(listed) == sorted(own.entity_of)
    assert all(m in own.entities[n].mentions for m, n in own.entity_of.items())


def test_entities_stand_in_the_order_of_their_first_mention() -> None:
    own = mentions_of("[person!:1 Ann] [person!:2 Tom] [person:1 she] [person!:3 Bea]")
    assert [d.mentions[0] for d in own.entities] == [0, 1, 3]


def test_an_entity_of_words_alone_is_named_by_them() -> None:
    own = mentions_of("Sources close to the talks said so.")
    draft = EntityDraft(Kind.PERSON, words=[Span(0, 26)])
    assert own.name_of(draft) == "Sources close to the talks"


@pytest.mark.parametrize("text", ["'s", "’s’s", "—", "a", " ", "\u200b", "…", "\ud800"])
def test_mentions_of_marks_alone_are_taken(text: str) -> None:
    for type_ in TYPES:
        for kind in (None, Kind.PERSON):
            mention = Made(span=Span(0, len(text)), type=type_, kind=kind, is_phrase=kind is None)
            own = DocumentMentions(text, found_mentions(text, [mention, mention]), greedy_scorer())
            assert all(own.name_of(d) for d in own.entities)


@pytest.mark.parametrize(
    "words", ["a" + " " * 10_000 + "b", "a" * 10_000, "a, " * 3_000, "'s" * 5_000, "a of " * 2_000]
)
def test_very_long_mentions_cost_little(words: str) -> None:
    began = time.perf_counter()
    mentions = [
        Made(span=Span(0, len(words)), kind=Kind.PERSON),
        Made(span=Span(0, len(words) - 1)),
        Made(span=Span(0, 1), kind=Kind.PERSON, is_phrase=False),
    ]
    own = DocumentMentions(words, found_mentions(words, mentions), greedy_scorer())
    assert all(len(own.name_of(d)) <= 100 for d in own.entities)
    assert time.perf_counter() - began < 1


def test_thousands_of_mentions_cost_linear_time() -> None:
    text = "Minister Ann Vale met Tom Orr there. She left. " * 1_000
    mentions = []
    for at in range(0, len(text), 47):
        mentions += [
            Made(span=Span(at, at + 17)),
            Made(span=Span(at + 9, at + 17), kind=Kind.PERSON, is_phrase=False),
            Made(span=Span(at + 22, at + 29), kind=Kind.PERSON),
            Made(span=Span(at + 37, at + 40)),
        ]
    found = found_mentions(text, mentions)
    began = time.perf_counter()
    own = DocumentMentions(text, found, head_scorer())
    assert time.perf_counter() - began < 8
    assert {own.name_of(d) for d in own.entities if d.is_named} == {"Ann Vale", "Tom Orr"}


def test_rows_are_those_of_the_numbers_given() -> None:
    own = mentions_of("[person! Ann Vale] met [person! Tom Orr] in [place! Ardal].")
    rows = own.rows([2, 0])
    assert rows.start_M.tolist() == [own.spans[2].start, own.spans[0].start]
    assert rows.traits.heads_M.tolist() == ["ardal", "vale"]
    assert np.array_equal(own.rows([]).start_M, np.zeros(0, dtype=np.int64))


@pytest.mark.parametrize(
    "marked",
    [
        "[person:1 The deputy mayor, [person!:2 Ann Vale],] spoke.",
        "[person:1 The envoy to the Council of Towns [person?:2 Ann Vale]] spoke.",
        "[person:1 Harbour chief [person?:2 Ann Vale], a former pilot,] spoke.",
    ],
)
def test_a_name_beside_a_title_is_who_has_it(marked: str) -> None:
    assert names_of(marked) == ["Ann Vale"]


@pytest.mark.parametrize(
    "marked",
    [
        "[person:1 The spokesman for [person!:2 Ann Vale]] spoke.",
        "[person:1 The lawyer of the late [person!:2 Ann Vale]] spoke.",
        "[person:1 The pilot, the cook, [person!:2 Ann Vale]] spoke.",
        "[person:1 The pilot and [person!:2 Ann Vale]] spoke.",
    ],
)
def test_a_name_behind_a_preposition_or_in_a_list_is_somebody_else(marked: str) -> None:
    assert len(names_of(marked)) == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The envoys who left on Monday", "The envoys"),
        ("The mill, which burnt down in May", "The mill"),
        ("A law that bars strikes", "A law"),
        ("The harbour master, a man of seventy", "The harbour master"),
        ("A steep, winding road", "A steep, winding road"),
    ],
)
def test_a_description_is_called_by_what_stands_before_its_clauses(words: str, name: str) -> None:
    assert names_of(f"[person:1 {words}] came up.") == [name]


def test_an_office_is_no_name_of_a_person() -> None:
    own = mentions_of("[person!:1 Vice President] spoke.")
    assert own.is_name == [False]


def test_a_kind_that_is_known_goes_before_what_was_found() -> None:
    parsed = parse("[organization!:1 Kenya's] answer was short.")
    found = found_mentions(parsed.text, parsed.mentions)
    known = {"Kenya": Kind.PLACE}.get
    own = DocumentMentions(parsed.text, found, chain_scorer(), known=known)
    assert [draft.kind for draft in own.entities] == [Kind.PLACE]


def test_a_short_name_is_the_one_person_who_has_it_in_full() -> None:
    """Whatever the scores of the pairs say."""
    marked = "[person!:1 Ann Vale] left. [person!:2 Bea Orr] and [person!:3 Vale] stayed."
    assert names_of(marked) == ["Ann Vale", "Bea Orr"]


def test_a_short_name_of_two_persons_is_left_to_the_scores() -> None:
    marked = "[person!:1 Ann Vale] met [person!:2 Tom Vale]. [person!:3 Vale] left."
    assert len(names_of(marked)) == 3


def test_equal_names_are_one() -> None:
    marked = "[organization!:1 Lowtide Relief] left. [organization!:2 Lowtide Relief] stayed."
    assert names_of(marked) == ["Lowtide Relief"]
