"""Which words name a happening, of which type, with whom."""

import dataclasses
from typing import cast

import pytest

from onrecord.events.arguments import Arguments
from onrecord.events.frames import FrameReader, triggers_in
from onrecord.events.happenings import Happening, in_one_sense, without_harm
from onrecord.events.lexicon import Lexicon, Trigger, load_lexicon, trigger_of
from onrecord.events.texts import Sentence
from onrecord.records import EventType, Kind
from tests.events.made_texts import MadeText

SHELLED = "Rebels/NNS/nsubj/2 shelled/VBD/root/0 Orsa/NNP/obj/2"


def told(sentence: str, *actors: str, places: str = "") -> list[str]:
    """What is found, with some words as organizations and some as places."""
    return MadeText(sentence).actors(*actors).named(*places.split()).told()


def only(made: MadeText, reader: FrameReader | None = None) -> Happening:
    (found,) = (reader or FrameReader(load_lexicon())).read(made.made().sentences[0])
    return found


def verbs(form: str, *rows: Trigger) -> FrameReader:
    """A reader that knows one form."""
    return FrameReader(Lexicon({form: rows}, {}))


def row(needs: str, **changes: str) -> Trigger:
    given = {
        "lemma": "shell", "type": "ASSAULT", "mode": "", "actor": "subj", "recipient": "obj",
        "needs": needs, "strength": "0.9",
    }  # fmt: skip
    return trigger_of(given | changes, is_verb=True)


# Who to whom.


def test_active() -> None:
    assert told(SHELLED, "Rebels", places="Orsa") == ["ASSAULT shelled: Rebels > Orsa"]


def test_passive() -> None:
    sentence = (
        "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 shelled/VBN/root/0 by/IN/case/5 "
        "rebels/NNS/obl:agent/3"
    )
    assert told(sentence, "rebels", places="Orsa") == ["ASSAULT shelled: rebels > Orsa"]


def test_passive_without_an_actor() -> None:
    sentence = "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 shelled/VBN/root/0"
    assert told(sentence, places="Orsa") == ["ASSAULT shelled: - > Orsa"]


def test_relative_clause() -> None:
    sentence = (
        "The/DT/det/2 militia/NN/nsubj/6 that/WDT/nsubj/4 attacked/VBD/acl:relcl/2 Orsa/NNP/obj/4 "
        "slept/VBD/root/0"
    )
    assert told(sentence, "militia", places="Orsa") == ["ASSAULT attacked: militia > Orsa"]


def test_coordinated_actors_and_verbs() -> None:
    sentence = (
        "Rebels/NNS/nsubj/4 and/CC/cc/3 deserters/NNS/conj/1 shelled/VBD/root/0 Orsa/NNP/obj/4 "
        "and/CC/cc/7 stormed/VBD/conj/4 Senn/NNP/obj/7 and/CC/cc/10 Tam/NNP/conj/8"
    )
    assert told(sentence, "Rebels", "deserters", places="Orsa Senn Tam") == [
        "ASSAULT shelled: Rebels, deserters > Orsa",
        "ASSAULT stormed: Rebels, deserters > Senn, Tam",
    ]


def test_who_is_accused_of_shelling_shells() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 accused/VBD/root/0 Norland/NNP/obj/2 of/IN/mark/5 "
        "shelling/VBG/advcl/2 Orsa/NNP/obj/5"
    )
    assert told(sentence, places="Arland Norland Orsa") == [
        "ACCUSE accused: Arland > Norland",
        "ASSAULT shelling: Norland > Orsa",
    ]


@pytest.mark.parametrize(
    ("verb", "actor", "told_as"),
    [("promised", "Soldiers", "planned"), ("ordered", "marines", "planned")],
)
def test_who_is_to_withdraw(verb: str, actor: str, told_as: str) -> None:
    sentence = (
        f"Soldiers/NNS/nsubj/2 {verb}/VBD/root/0 marines/NNS/obj/2 to/TO/mark/5 "
        "withdraw/VB/xcomp/2 from/IN/case/7 Orsa/NNP/obl/5"
    )
    found = told(sentence, "Soldiers", "marines", places="Orsa")
    assert f"RETREAT withdraw: {actor} > - ({told_as})" in found


def test_a_light_verb_carries_a_noun() -> None:
    sentence = (
        "The/DT/det/2 Front/NNP/nsubj/3 launched/VBD/root/0 an/DT/det/5 attack/NN/obj/3 "
        "on/IN/case/7 Orsa/NNP/nmod/5"
    )
    assert told(sentence, "Front", places="Orsa") == ["ASSAULT attack: Front > Orsa"]


def test_who_comes_under_attack_suffers_it() -> None:
    sentence = "Orsa/NNP/nsubj/2 came/VBD/root/0 under/IN/case/4 attack/NN/obl/2"
    assert told(sentence, places="Orsa") == ["ASSAULT attack: - > Orsa"]


def test_what_is_said_of_dozens_of_protesters_is_said_of_the_protesters() -> None:
    sentence = (
        "Police/NN/nsubj/2 arrested/VBD/root/0 dozens/NNS/obj/2 of/IN/case/5 protesters/NNS/nmod/3"
    )
    assert told(sentence, "Police", "dozens of protesters") == [
        "COERCE arrested: Police > dozens of protesters"
    ]
    assert told(sentence, "Police", "protesters") == ["COERCE arrested: Police > protesters"]


def test_whose_decision_is_criticised() -> None:
    sentence = (
        "Vale/NNP/nsubj/2 criticised/VBD/root/0 Norland/NNP/nmod:poss/5 's/POS/case/3 "
        "decision/NN/obj/2"
    )
    assert told(sentence, "Vale", places="Norland") == ["ACCUSE criticised: Vale > Norland"]


def test_of_whom_a_clause_tells_that_is_asked_for() -> None:
    sentence = (
        "Vale/NNP/nsubj/2 demanded/VBD/root/0 that/IN/mark/6 the/DT/det/5 mayor/NN/nsubj/6 "
        "resign/VB/ccomp/2"
    )
    assert told(sentence, "Vale", "mayor") == [
        "REQUEST demanded: Vale > mayor",
        "RETREAT resign: mayor > - (possible)",
    ]


def test_a_place_where_it_happens_is_no_actor() -> None:
    sentence = "Riots/NNS/nsubj/4 in/IN/case/3 Orsa/NNP/nmod/1 spread/VBD/root/0"
    assert told(sentence, places="Orsa") == ["PROTEST Riots: - > -"]


def test_a_thing_suffers_but_does_not_act() -> None:
    sentence = "The/DT/det/2 bridge/NN/nsubj/3 shelled/VBD/root/0 a/DT/det/5 mill/NN/obj/3"
    assert told(sentence) == ["ASSAULT shelled: - > a mill"]


def test_a_vehicle_of_war_acts() -> None:
    sentence = "Warplanes/NNS/nsubj/2 bombed/VBD/root/0 a/DT/det/4 mill/NN/obj/2"
    assert told(sentence) == ["ASSAULT bombed: Warplanes > a mill"]


def test_nobody_is_on_both_sides() -> None:
    sentence = (
        "Arland/NNP/nsubj/4 and/CC/cc/3 Norland/NNP/conj/1 met/VBD/root/0 with/IN/case/6 "
        "Arland/NNP/obl/4"
    )
    for event in MadeText(sentence).named("Arland", "Norland").events():
        assert not set(event.actors) & set(event.recipients)


# Which words are triggers.


def test_a_verb_with_its_particle() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 called/VBD/root/0 off/RP/compound:prt/2 talks/NNS/obj/2 with/IN/case/6 "
        "Norland/NNP/nmod/4"
    )
    found = told(sentence, places="Arland Norland")
    assert found
    assert not any(line.startswith("CONSULT") and "(" not in line for line in found)


def test_a_particle_that_belongs_to_a_time_is_none() -> None:
    reader = verbs("called", row("", lemma="call on", type="REQUEST"))
    sentence = "Vale/NNP/nsubj/2 called/VBD/root/0 on/IN/case/4 Friday/NNP/obl/2"
    assert reader.read(MadeText(sentence).typed(Friday="time").made().sentences[0]) == []
    assert reader.read(MadeText(sentence).typed(Friday="person").made().sentences[0]) != []


def test_a_particle_that_stands_behind_the_object() -> None:
    reader = verbs("pulled", row("", lemma="pull out", type="RETREAT"))
    apart = "Arland/NNP/nsubj/2 pulled/VBD/root/0 troops/NNS/obj/2 out/RP/compound:prt/2"
    beside = "Arland/NNP/nsubj/2 pulled/VBD/root/0 out/RP/compound:prt/2 troops/NNS/obj/2"
    assert only(MadeText(apart), reader).span.text_in(MadeText(apart).text) == "pulled"
    assert only(MadeText(beside), reader).span.text_in(MadeText(beside).text) == "pulled out"


def test_a_noun_of_several_words() -> None:
    sentence = "The/DT/det/2 state/NN/nsubj/5 of/IN/case/4 emergency/NN/nmod/2 came/VBD/root/0"
    found = MadeText(sentence).made()
    (happening,) = FrameReader(load_lexicon()).read(found.sentences[0])
    assert happening.span.text_in(found.text) == "state of emergency"
    assert found.sentences[0].words[happening.word] == "state", "what the others depend on"


def test_helping_verbs_are_no_triggers() -> None:
    reader = verbs("have", row("", lemma="have"))
    sentence = "Rebels/NNS/nsubj/3 have/VBP/{}/3 fled/VBN/root/0"
    assert reader.read(MadeText(sentence.format("aux")).made().sentences[0]) == []
    assert reader.read(MadeText(sentence.format("advcl")).made().sentences[0]) != []


def test_part_of_a_name_is_no_trigger_unless_it_names_an_event() -> None:
    sentence = "The/DT/det/3 Lake/NNP/compound/3 Massacre/NNP/nsubj/4 faded/VBD/root/0"
    assert MadeText(sentence).told() == ["ASSAULT Massacre: - > -"]
    assert MadeText(sentence).actors("Lake Massacre", kind=Kind.EVENT).told() != []
    assert MadeText(sentence).actors("Lake Massacre", kind=Kind.ORGANIZATION).told() == []


def test_a_noun_before_a_noun_is_half_as_likely() -> None:
    sentence = "An/DT/det/2 attack/NN/{}/3 team/NN/nsubj/4 came/VBD/root/0"
    (beside,) = FrameReader(load_lexicon()).read(
        MadeText(sentence.format("compound")).made().sentences[0]
    )
    assert beside.strength == pytest.approx(beside.trigger.strength / 2)
    assert MadeText(sentence.format("compound")).told() == []


def test_words_beside_which_nobody_is_named_are_less_likely() -> None:
    lonely = only(MadeText("Approval/NN/root/0"))
    assert lonely.strength < lonely.trigger.strength
    somebody = only(MadeText("Approval/NN/root/0 by/IN/case/3 Arland/NNP/nmod/1").named("Arland"))
    assert somebody.strength == somebody.trigger.strength


def test_a_sentence_without_words_of_the_lexicon_makes_no_tree() -> None:
    class Untouched:
        words = ("mud", "dried")

        @property
        def tree(self) -> object:
            raise AssertionError

    text = MadeText("Mud/NN/nsubj/2 dried/VBD/root/0").made()
    own = Sentence(text, 0, 0, 9, Untouched())  # type: ignore[arg-type]
    assert list(triggers_in([own], FrameReader(load_lexicon()))) == []


def test_an_empty_lexicon_finds_nothing() -> None:
    own = MadeText(SHELLED).made().sentences[0]
    assert FrameReader(Lexicon({}, {})).read(own) == []


# Needs of rows.


@pytest.mark.parametrize(
    ("needs", "holds"),
    [
        ("", True),
        ("obj", True),
        ("!obj", False),
        ("on", False),
        ("active", True),
        ("passive", False),
        ("obj:place", True),
        ("obj:person", False),
        ("!obj:person", True),
        ("subj:actor", True),
        ("subj=rebel,soldier", True),
        ("subj!=rebel", False),
        ("obj=city", False),
        ("obj:place;subj=rebel", True),
        ("obj:place;on", False),
    ],
)
def test_what_rows_need(needs: str, *, holds: bool) -> None:
    made = MadeText(SHELLED).actors("Rebels").named("Orsa")
    found = verbs("shelled", row(needs)).read(made.made().sentences[0])
    assert bool(found) is holds


def test_the_first_row_that_holds_counts() -> None:
    rows = [row("obj:person", type="ACCUSE"), row("obj:place", type="COERCE"), row("")]
    made = MadeText(SHELLED).actors("Rebels").named("Orsa")
    assert only(made, verbs("shelled", *rows)).trigger.type == "COERCE"


def test_who_does_it_may_be_left_out() -> None:
    sentence = "Orsa/NNP/nsubj:pass/3 was/VBD/aux:pass/3 shelled/VBN/root/0"
    made = MadeText(sentence).named("Orsa")
    assert verbs("shelled", row("subj:actor")).read(made.made().sentences[0])


def test_a_pronoun_is_a_person_though_nobody_knows_who() -> None:
    sentence = "He/PRP/nsubj/2 shelled/VBD/root/0 them/PRP/obj/2"
    assert verbs("shelled", row("obj:person")).read(MadeText(sentence).made().sentences[0])


def test_money_is_a_word_for_it_or_a_figure() -> None:
    reader = verbs("gave", row("obj:money", lemma="give", type="AID"))
    for words, unit, holds in (("loans", None, True), ("dollars", None, True), ("550", "USD", True),
                               ("550", "tonne", False), ("advice", None, False)):  # fmt: skip
        made = MadeText(f"Arland/NNP/nsubj/2 gave/VBD/root/0 {words}/CD/obj/2").named("Arland")
        if unit:
            made.counted(words, 550, unit)
        assert bool(reader.read(made.made().sentences[0])) is holds, (words, unit)


def test_an_infinitive_behind_to() -> None:
    reader = verbs("vowed", row("inf=fight", lemma="vow", type="THREATEN"))
    sentence = "Rebels/NNS/nsubj/2 vowed/VBD/root/0 to/TO/mark/4 {}/VB/xcomp/2"
    assert reader.read(MadeText(sentence.format("fight")).made().sentences[0])
    assert not reader.read(MadeText(sentence.format("eat")).made().sentences[0])


def test_a_noun_of_parts_counts_as_what_it_is_of() -> None:
    reader = verbs("shelled", row("obj=civilian"))
    sentence = (
        "Rebels/NNS/nsubj/2 shelled/VBD/root/0 dozens/NNS/obj/2 of/IN/case/5 civilians/NNS/nmod/3"
    )
    assert reader.read(MadeText(sentence).made().sentences[0])


# One happening told twice in a sentence.


def test_a_verb_and_its_noun_are_one() -> None:
    sentence = (
        "Arland/NNP/nsubj/2 signed/VBD/root/0 a/DT/det/4 treaty/NN/obj/2 with/IN/case/6 "
        "Norland/NNP/obl/2"
    )
    assert told(sentence, places="Arland Norland") == ["AGREE signed: Arland, Norland > -"]


def test_of_a_verb_that_carries_its_noun_the_noun_stays() -> None:
    sentence = "Arland/NNP/nsubj/2 laid/VBD/root/0 siege/NN/obj/2 to/IN/case/5 Orsa/NNP/obl/2"
    assert told(sentence, places="Arland Orsa") == ["ASSAULT siege: Arland > Orsa"]


def test_an_attack_and_the_harm_it_does_are_one() -> None:
    sentence = "The/DT/det/2 raid/NN/nsubj/3 wounded/VBD/root/0 four/CD/nummod/5 soldiers/NNS/obj/3"
    assert told(sentence, "soldiers") == ["ASSAULT raid: - > soldiers"]


def test_a_bare_strike_is_an_attack_where_the_text_tells_of_attacks() -> None:
    lexicon = load_lexicon()
    rows = [row for _, own in lexicon.nouns["strike"] for row in own]
    protest = next(r for r in rows if r.lemma == "strike" and r.type is EventType.PROTEST)
    attack = next(r for r in rows if r.lemma == "strike" and r.type is EventType.ASSAULT)

    def happening(trigger: Trigger, actors: list[int]) -> Happening:
        sentence = cast("Sentence", None)
        return Happening(sentence, 0, 0, 0, trigger, Arguments(), 1.0, actors=actors)

    bare, armed = happening(protest, []), happening(attack, [])
    in_one_sense([bare])
    assert bare.trigger.type is EventType.PROTEST
    in_one_sense([bare, armed])
    assert bare.trigger.type is EventType.ASSAULT
    of_workers, again = happening(protest, [1]), happening(protest, [])
    in_one_sense([of_workers, again, armed])
    assert again.trigger.type is EventType.PROTEST


def test_who_died_in_an_attack_is_its_recipient() -> None:
    made = MadeText("Five/CD/nsubj/2 died/VBD/root/0 in/IN/case/5 the/DT/det/5 attack/NN/obl/2")
    assert made.actors("Five").told() == ["ASSAULT attack: - > Five"]


# An attack and its harm.


def test_all_whom_an_attack_harms_are_its_recipients() -> None:
    sentence = (
        "The/DT/det/2 blast/NN/nsubj/3 killed/VBD/root/0 monks/NNS/obj/3 and/CC/cc/6 "
        "wounded/VBD/conj/3 guards/NNS/obj/6"
    )
    assert told(sentence, "monks", "guards") == ["ASSAULT blast: - > monks, guards"]


@pytest.mark.parametrize("preposition", ["in", "during", "by"])
def test_who_is_killed_in_an_attack_is_its_recipient(preposition: str) -> None:
    sentence = (
        f"Monks/NNS/nsubj:pass/3 were/VBD/aux:pass/3 killed/VBN/root/0 {preposition}/IN/case/6 "
        "an/DT/det/6 ambush/NN/obl/3"
    )
    assert told(sentence, "Monks") == ["ASSAULT ambush: - > Monks"]


def test_harm_stays_where_the_attack_is_not_shown() -> None:
    sentence = "The/DT/det/2 blast/NN/nsubj/3 killed/VBD/root/0 monks/NNS/obj/3"
    made = MadeText(sentence).actors("monks").made()
    reader = FrameReader(load_lexicon())
    (blast,) = reader.read(made.sentences[0])
    killed = dataclasses.replace(blast, word=2, first=2, last=2, arguments=Arguments({"subj": [1]}))
    killed.trigger = row("", lemma="kill")
    blast.strength = 0.2
    assert without_harm([blast, killed], least=0.5) == [blast, killed]
    assert without_harm([blast, killed]) == [blast]


# Parties that examples name.


def test_names_behind_such_as_are_parties() -> None:
    sentence = (
        "Rebels/NNS/nsubj/2 shelled/VBD/root/0 towns/NNS/obj/2 such/JJ/case/6 as/IN/fixed/4 "
        "Orsa/NNP/nmod/3 and/CC/cc/8 Velt/NNP/conj/6"
    )
    (only_one,) = told(sentence, "Rebels", places="towns Orsa Velt")
    assert only_one == "ASSAULT shelled: Rebels > towns, Orsa, Velt"
