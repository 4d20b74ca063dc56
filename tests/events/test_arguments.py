"""Who fills which slot of a verb or noun, also where the clause leaves it out."""

from collections.abc import Mapping

import pytest

from onrecord.events.arguments import Arguments, arguments_of, surface_subject, with_particle
from onrecord.syntax.trees import Tree
from tests.events.made_texts import tree_of


def slots(
    sentence: str, trigger: str, types: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """Words of each slot of a trigger."""
    tree = tree_of(sentence, types or {})
    own = at(tree, trigger)
    found = arguments_of(tree, own, is_verb=tree.is_verb(own))
    return {slot: [tree.words[w] for w in words] for slot, words in found.slots.items()}


def at(tree: Tree, word: str) -> int:
    return tree.words.index(word)


def subject(sentence: str, verb: str) -> str | None:
    tree = tree_of(sentence)
    found = surface_subject(tree, at(tree, verb))
    return None if found is None else tree.words[found]


# Verbs.


def test_subject_and_object() -> None:
    assert slots("Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/obj/2", "shelled") == {
        "subj": ["rebels"],
        "obj": ["orsa"],
    }


def test_the_passive_turns_them_round() -> None:
    sentence = (
        "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 shelled/VBN/root/0 by/IN/case/5 "
        "rebels/NNS/obl:agent/3"
    )
    assert slots(sentence, "shelled") == {"obj": ["orsa"], "subj": ["rebels"]}


def test_by_is_the_actor_of_a_passive_though_the_tree_calls_it_a_plain_phrase() -> None:
    sentence = (
        "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 shelled/VBN/root/0 by/IN/case/5 rebels/NNS/obl/3"
    )
    assert slots(sentence, "shelled")["subj"] == ["rebels"]


def test_prepositions_are_slots() -> None:
    sentence = (
        "Troops/NNS/nsubj/2 withdrew/VBD/root/0 from/IN/case/4 Orsa/NNP/obl/2 because/IN/case/7 "
        "of/IN/fixed/5 rain/NN/obl/2"
    )
    found = slots(sentence, "withdrew")
    assert found["from"] == ["orsa"]
    assert found["because of"] == found["because"] == found["of"] == ["rain"]


def test_a_phrase_on_the_object_may_be_the_verbs() -> None:
    sentence = "Police/NNS/nsubj/2 held/VBD/root/0 men/NNS/obj/2 in/IN/case/5 Orsa/NNP/nmod/3"
    assert slots(sentence, "held")["in"] == ["orsa"]


def test_a_bare_phrase_is_an_object_unless_it_is_a_time() -> None:
    sentence = "Vale/NNP/nsubj/3 is/VBZ/aux/3 visiting/VBG/root/0 Orsa/NNP/obl/3"
    assert slots(sentence, "visiting")["obj"] == ["orsa"]
    assert "obj" not in slots(sentence, "visiting", {"Orsa": "time"})


def test_whom_one_pays_is_also_an_object() -> None:
    sentence = "Arland/NNP/nsubj/2 paid/VBD/root/0 Norland/NNP/iobj/2"
    assert slots(sentence, "paid")["obj"] == ["norland"]


def test_a_subject_behind_the_verb_of_another_is_its_object() -> None:
    sentence = "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/nsubj/2"
    assert slots(sentence, "shelled") == {"subj": ["rebels"], "obj": ["orsa"]}


def test_a_subject_with_a_preposition_is_none() -> None:
    sentence = "Vale/NNP/nsubj/2 called/VBD/root/0 for/IN/case/4 talks/NNS/nsubj/2"
    assert slots(sentence, "called") == {"subj": ["vale"], "for": ["talks"]}


def test_a_relative_clause_speaks_of_its_noun() -> None:
    sentence = (
        "The/DT/det/2 militia/NN/nsubj/6 that/WDT/nsubj/4 shelled/VBD/acl:relcl/2 Orsa/NNP/obj/4 "
        "fled/VBD/root/0"
    )
    assert slots(sentence, "shelled") == {"subj": ["militia"], "obj": ["orsa"]}


def test_a_relative_pronoun_as_object() -> None:
    sentence = (
        "The/DT/det/2 town/NN/nsubj/6 which/WDT/obj/5 rebels/NNS/nsubj/5 shelled/VBD/acl:relcl/2 "
        "burned/VBD/root/0"
    )
    assert slots(sentence, "shelled") == {"obj": ["town"], "subj": ["rebels"]}


def test_a_relative_clause_without_a_pronoun() -> None:
    sentence = (
        "The/DT/det/2 town/NN/nsubj/5 rebels/NNS/nsubj/4 shelled/VBD/acl:relcl/2 burned/VBD/root/0"
    )
    assert slots(sentence, "shelled") == {"subj": ["rebels"], "obj": ["town"]}


@pytest.mark.parametrize(("tag", "slot"), [("VBN", "obj"), ("VBG", "subj")])
def test_a_participle_behind_a_noun(tag: str, slot: str) -> None:
    sentence = f"Troops/NNS/nsubj/3 shelled/{tag}/acl/1 fled/VBD/root/0"
    assert slots(sentence, "shelled") == {slot: ["troops"]}


def test_coordinated_verbs_share_a_subject() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/obj/2 and/CC/cc/5 stormed/VBD/conj/2 "
        "Senn/NNP/obj/5"
    )
    assert slots(sentence, "stormed") == {"subj": ["rebels"], "obj": ["senn"]}


def test_coordinated_verbs_side_by_side_share_an_object() -> None:
    sentence = (
        "Guards/NNS/nsubj/2 kicked/VBD/root/0 and/CC/cc/4 beat/VBD/conj/2 prisoners/NNS/obj/4"
    )
    assert slots(sentence, "kicked")["obj"] == ["prisoners"]


def test_a_coordinated_verb_with_its_own_subject_shares_none() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 fled/VBD/root/0 and/CC/cc/5 troops/NNS/nsubj/5 stormed/VBD/conj/2 "
        "Senn/NNP/obj/5"
    )
    assert slots(sentence, "stormed")["subj"] == ["troops"]
    assert "obj" not in slots(sentence, "fled")


# Clauses without a subject.


def test_an_infinitive_has_the_object_of_most_verbs() -> None:
    sentence = "Vale/NNP/nsubj/2 told/VBD/root/0 troops/NNS/obj/2 to/TO/mark/5 leave/VB/xcomp/2"
    assert subject(sentence, "leave") == "troops"


def test_a_second_verb_of_a_relative_clause_has_its_noun() -> None:
    sentence = (
        "mines/NNS/nsubj/7 that/WDT/nsubj/3 killed/VBD/acl:relcl/1 monks/NNS/obj/3 and/CC/cc/6 "
        "hurt/VBD/conj/3 remain/VBP/root/0"
    )
    assert slots(sentence, "hurt") == {"subj": ["mines"]}


def test_a_second_verb_shares_a_relative_pronoun_as_its_object() -> None:
    sentence = (
        "ferry/NN/nsubj/7 that/WDT/obj/4 pirates/NNS/nsubj/4 hit/VBD/acl:relcl/1 and/CC/cc/6 "
        "sank/VBD/conj/4 burned/VBD/root/0"
    )
    assert slots(sentence, "sank") == {"subj": ["pirates"], "obj": ["ferry"]}


def test_the_doer_of_another_event_is_not_the_nouns() -> None:
    beside = (
        "blast/NN/nsubj/6 after/IN/case/3 concert/NN/nmod/1 by/IN/case/5 singers/NNS/nmod/3 "
        "killed/VBD/root/0"
    )
    assert "by" not in slots(beside, "blast", {"concert": "event"})
    of = beside.replace("after/", "of/")
    assert slots(of, "blast", {"concert": "event"})["by"] == ["singers"]


@pytest.mark.parametrize("verb", ["promised", "vowed", "threatened"])
def test_an_infinitive_has_the_subject_of_verbs_of_promising(verb: str) -> None:
    sentence = f"Troops/NNS/nsubj/2 {verb}/VBD/root/0 Vale/NNP/obj/2 to/TO/mark/5 leave/VB/xcomp/2"
    assert subject(sentence, "leave") == "troops"


def test_an_infinitive_without_an_object_has_the_subject() -> None:
    sentence = "Troops/NNS/nsubj/2 refused/VBD/root/0 to/TO/mark/4 leave/VB/xcomp/2"
    assert subject(sentence, "leave") == "troops"


def test_chains_of_infinitives() -> None:
    sentence = (
        "Troops/NNS/nsubj/2 tried/VBD/root/0 to/TO/mark/4 begin/VB/xcomp/2 to/TO/mark/6 "
        "leave/VB/xcomp/4"
    )
    assert subject(sentence, "leave") == "troops"


@pytest.mark.parametrize(
    ("verb", "mark"), [("accused", "of"), ("kept", "from"), ("blamed", "for"), ("tricked", "into")]
)
def test_who_is_charged_is_who_does_it(verb: str, mark: str) -> None:
    sentence = (
        f"Arland/NNP/nsubj/2 {verb}/VBD/root/0 Norland/NNP/obj/2 {mark}/IN/mark/5 "
        "shelling/VBG/advcl/2 Orsa/NNP/obj/5"
    )
    assert slots(sentence, "shelling") == {"subj": ["norland"], "obj": ["orsa"]}


def test_who_is_charged_in_the_passive() -> None:
    sentence = (
        "Norland/NNP/nsubj:pass/3 was/VBD/aux:pass/3 accused/VBN/root/0 of/IN/mark/5 "
        "shelling/VBG/advcl/3 Orsa/NNP/obj/5"
    )
    assert slots(sentence, "shelling")["subj"] == ["norland"]


def test_a_clause_beside_has_the_subject_of_its_verb() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 fled/VBD/root/0 after/IN/mark/4 shelling/VBG/advcl/2 Orsa/NNP/obj/4"
    )
    assert slots(sentence, "shelling")["subj"] == ["rebels"]


def test_whose_plan_it_is() -> None:
    sentence = (
        "Norland/NNP/nmod:poss/3 's/POS/case/1 plan/NN/nsubj/7 to/TO/mark/5 shell/VB/acl/3 "
        "Orsa/NNP/obj/5 leaked/VBD/root/0"
    )
    assert subject(sentence, "shell") == "norland"


def test_who_has_a_plan() -> None:
    sentence = (
        "Norland/NNP/nsubj/2 has/VBZ/root/0 plans/NNS/obj/2 to/TO/mark/5 shell/VB/acl/3 "
        "Orsa/NNP/obj/5"
    )
    assert subject(sentence, "shell") == "norland"


def test_who_only_criticises_a_plan_does_not_have_it() -> None:
    sentence = (
        "Norland/NNP/nsubj/2 read/VBD/root/0 plans/NNS/obj/2 to/TO/mark/5 shell/VB/acl/3 "
        "Orsa/NNP/obj/5"
    )
    assert subject(sentence, "shell") is None


def test_a_sentence_may_have_no_subject() -> None:
    assert subject("Leave/VB/root/0 Orsa/NNP/obj/1", "leave") is None


# Nouns.


def test_what_hangs_on_a_noun() -> None:
    sentence = (
        "Rebel/JJ/amod/2 attacks/NNS/root/0 by/IN/case/4 Norland/NNP/nmod/2 on/IN/case/6 "
        "Orsa/NNP/nmod/2"
    )
    assert slots(sentence, "attacks") == {"amod": ["rebel"], "by": ["norland"], "on": ["orsa"]}


def test_a_possessor() -> None:
    sentence = "Norland/NNP/nmod:poss/3 's/POS/case/1 attack/NN/root/0"
    assert slots(sentence, "attack") == {"poss": ["norland"]}


def test_two_nouns_share_what_follows_them() -> None:
    sentence = (
        "Attacks/NNS/root/0 and/CC/cc/3 raids/NNS/conj/1 by/IN/case/5 rebels/NNS/nmod/3 "
        "on/IN/case/7 Orsa/NNP/nmod/3"
    )
    assert slots(sentence, "attacks")["on"] == slots(sentence, "raids")["on"] == ["orsa"]


def test_a_second_noun_with_an_article_is_by_itself() -> None:
    sentence = "Talks/NNS/root/0 and/CC/cc/4 a/DT/det/4 raid/NN/conj/1 on/IN/case/6 Orsa/NNP/nmod/4"
    assert "on" not in slots(sentence, "talks")


def test_what_hangs_on_a_part_may_be_of_the_whole() -> None:
    sentence = "Charges/NNS/root/0 of/IN/case/3 fraud/NN/nmod/1 against/IN/case/5 Vale/NNP/nmod/3"
    assert slots(sentence, "charges")["against"] == ["vale"]


def test_a_light_verb_gives_its_noun_an_actor_and_its_phrases() -> None:
    sentence = (
        "The/DT/det/2 army/NN/nsubj/3 launched/VBD/root/0 raids/NNS/obj/3 on/IN/case/6 "
        "Orsa/NNP/obl/3"
    )
    found = slots(sentence, "raids")
    assert found["carrier"] == ["army"]
    assert found["on"] == ["orsa"]


def test_a_light_verb_in_the_passive() -> None:
    sentence = (
        "Raids/NNS/nsubj:pass/3 were/VBD/aux:pass/3 launched/VBN/root/0 by/IN/case/6 the/DT/det/6 "
        "army/NN/obl:agent/3"
    )
    assert slots(sentence, "raids")["carrier"] == ["army"]


def test_a_light_verb_behind_its_noun() -> None:
    sentence = (
        "Raids/NNS/nsubj/7 carried/VBN/acl/1 out/RP/compound:prt/2 by/IN/case/6 the/DT/det/6 "
        "army/NN/obl/2 fell/VBD/root/0"
    )
    assert slots(sentence, "raids")["carrier"] == ["army"]


def test_who_comes_under_attack_is_its_target() -> None:
    sentence = "Orsa/NNP/nsubj/2 came/VBD/root/0 under/IN/case/4 attack/NN/obl/2"
    assert slots(sentence, "attack")["target"] == ["orsa"]


def test_who_is_responsible_and_who_is_the_victim() -> None:
    guilty = (
        "Rebels/NNS/nsubj/3 are/VBP/cop/3 responsible/JJ/root/0 for/IN/case/6 the/DT/det/6 "
        "raid/NN/obl/3"
    )
    struck = (
        "Orsa/NNP/nsubj/4 was/VBD/cop/4 the/DT/det/4 target/NN/root/0 of/IN/case/6 raids/NNS/nmod/4"
    )
    assert slots(guilty, "raid")["carrier"] == ["rebels"]
    assert slots(struck, "raids")["target"] == ["orsa"]


# Slots by themselves.


def test_a_filler_is_there_once() -> None:
    found = Arguments()
    found.add("obj", 3)
    found.add("obj", 3, 4)
    assert found.get("obj") == [3, 4]
    assert found.get("subj") == []


def test_what_follows_a_particle_that_is_a_preposition_is_the_object() -> None:
    found = Arguments({"at": [4], "subj": [0]})
    own = with_particle(found, "at")
    assert own.get("obj") == [4]
    assert found.get("obj") == [], "the one given is left as it was"
    assert with_particle(own, "at") is own


def test_what_follows_a_second_preposition_is_no_object_of_the_particle() -> None:
    found = Arguments({"out of": [5], "of": [5], "out": [5], "subj": [0]})
    assert with_particle(found, "out") is found
    both = Arguments({"out of": [5], "out": [3, 5]})
    assert with_particle(both, "out").get("obj") == [3]
