"""Words that report where the network has no statement: hearsay, allegations, demands."""

import pytest

from onrecord.records import Span, joined_text
from onrecord.segment.quotations import pair_quotes
from onrecord.statements.drafts import make_drafts
from onrecord.statements.report_frames import FRAMES
from onrecord.statements.reports import Sentences, reporting_words, reports_in
from onrecord.syntax.trees import FoundTrees
from tests.events.made_texts import MadeText
from tests.statements.made import candidates_of


def trees_of(made: MadeText) -> list[FoundTrees]:
    return [one for one in made.encoded().found if isinstance(one, FoundTrees)]


def told(made: MadeText) -> list[str]:
    """Source, cue and content of what is found, in words."""
    found = reports_in(made.text, trees_of(made), lambda _: True)
    return [
        " | ".join(joined_text(role, made.text) for role in (one.source, one.cue, one.content))
        for one in found
    ]


ALLEGED = (
    "Anu/NNP/nsubj/3 has/VBZ/aux/3 alleged/VBN/root/0 that/IN/mark/6 "
    "he/PRP/nsubj/6 lied/VBD/ccomp/3 ././punct/3"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (ALLEGED, "Anu | has alleged | that he lied"),
        (
            (
                "Rebels/NNS/nsubj/2 threatened/VBD/root/0 to/TO/mark/4 shell/VB/xcomp/2 "
                "Ardal/NNP/obj/4 ././punct/2"
            ),
            "Rebels | threatened | to shell Ardal",
        ),
        (
            (
                "She/PRP/nsubj/2 urged/VBD/root/0 Ardal/NNP/obj/2 to/TO/mark/5 "
                "wait/VB/xcomp/2 ././punct/2"
            ),
            "She | urged | Ardal to wait",
        ),
        (
            (
                "She/PRP/nsubj/2 accused/VBD/root/0 Ardal/NNP/obj/2 of/IN/mark/5 "
                "lying/VBG/advcl/2 ././punct/2"
            ),
            "She | accused | Ardal of lying",
        ),
        (
            (
                "Orm/NNP/nsubj:pass/3 was/VBD/aux:pass/3 accused/VBN/root/0 of/IN/case/5 "
                "arson/NN/obl/3 by/IN/case/7 Anu/NNP/obl:agent/3 ././punct/3"
            ),
            "Anu | was accused | of arson",
        ),
        (
            (
                "Orm/NNP/nsubj:pass/3 is/VBZ/aux:pass/3 alleged/VBN/root/0 to/TO/mark/5 "
                "hide/VB/xcomp/3 ././punct/3"
            ),
            " | is alleged | to hide",
        ),
        (
            (
                "Anu/NNP/nmod:poss/3 's/POS/case/1 claim/NN/nsubj/7 that/IN/mark/6 "
                "he/PRP/nsubj/6 lied/VBD/acl/3 failed/VBD/root/0 ././punct/7"
            ),
            "Anu 's | claim | that he lied",
        ),
        (
            (
                "Anu/NNP/nsubj/2 made/VBD/root/0 the/DT/det/4 claim/NN/obj/2 that/IN/mark/7 "
                "he/PRP/nsubj/7 lied/VBD/acl/4 ././punct/2"
            ),
            "Anu | claim | that he lied",
        ),
        (
            (
                "Anu/NNP/nsubj/2 rejected/VBD/root/0 a/DT/det/4 claim/NN/obj/2 by/IN/case/6 "
                "Orm/NNP/nmod/4 that/IN/mark/9 he/PRP/nsubj/9 lied/VBD/acl/4 ././punct/2"
            ),
            "Orm | claim | that he lied",
        ),
        (
            (
                "Their/PRP$/nmod:poss/2 demands/NNS/nsubj/3 include/VBP/root/0 new/JJ/amod/5 "
                "elections/NNS/obj/3 ././punct/3"
            ),
            "Their | demands include | new elections",
        ),
        (
            (
                "Their/PRP$/nmod:poss/2 demands/NNS/nsubj/3 include/VBP/root/0 elections/NNS/obj/3 "
                ",/,/punct/8 that/IN/mark/8 Orm/NNP/nsubj/8 go/VB/ccomp/3 ,/,/punct/12 "
                "and/CC/cc/12 Anu/NNP/nsubj/12 refused/VBD/conj/3 ././punct/3"
            ),
            "Their | demands include | elections , that Orm go",
        ),
        (
            (
                "Their/PRP$/nmod:poss/2 demands/NNS/nsubj/4 are/VBP/cop/4 elections/NNS/root/0 "
                "and/CC/cc/6 bread/NN/conj/4 ././punct/4"
            ),
            "Their | demands are | elections and bread",
        ),
        (
            (
                "Rebels/NNS/nsubj/3 reportedly/RB/advmod/3 shelled/VBD/root/0 "
                "Ardal/NNP/obj/3 ././punct/3"
            ),
            " | reportedly | Rebels shelled Ardal",
        ),
        (
            (
                "The/DT/det/3 alleged/JJ/amod/3 shelling/NN/nsubj/6 of/IN/case/5 "
                "Ardal/NNP/nmod/3 ended/VBD/root/0 ././punct/6"
            ),
            " | alleged | shelling of Ardal",
        ),
        (
            (
                "Anu/NNP/nsubj/2 denied/VBD/root/0 allegations/NNS/obj/2 of/IN/case/5 "
                "theft/NN/nmod/3 by/IN/case/7 Orm/NNP/nmod/3 ././punct/2"
            ),
            "Orm | allegations of | theft",
        ),
        (
            (
                "Reports/NNS/nsubj/4 of/IN/case/3 shelling/NN/nmod/1 came/VBD/root/0 in/RP/"
                "compound:prt/4 ././punct/4"
            ),
            " | Reports of | shelling",
        ),
        (
            (
                "Their/PRP$/nmod:poss/2 plea/NN/nsubj/5 for/IN/case/4 help/NN/nmod/2 "
                "failed/VBD/root/0 ././punct/5"
            ),
            "Their | plea for | help",
        ),
        (
            (
                "By/IN/case/3 Anu's/NNP/nmod:poss/3 account/NN/obl/5 Orm/NNP/nsubj/5 "
                "fled/VBD/root/0 ././punct/5"
            ),
            "Anu's | account | Orm fled",
        ),
        (
            (
                "By/IN/case/3 Anu's/NNP/nmod:poss/3 account/NN/root/0 ,/,/punct/3 "
                "Orm/NNP/nsubj/6 fled/VBD/root/0 ././punct/6"
            ),
            "Anu's | account | Orm fled",
        ),
        (
            (
                "Anu/NNP/nsubj/2 blamed/VBD/root/0 Orm/NNP/obj/2 for/IN/case/6 the/DT/det/6 "
                "raid/NN/obl/2 ././punct/2"
            ),
            "Anu | blamed | Orm for the raid",
        ),
        (
            (
                "The/DT/det/2 raid/NN/nsubj:pass/4 was/VBD/aux:pass/4 blamed/VBN/root/0 "
                "on/IN/case/6 Orm/NNP/obl/4 by/IN/case/8 Anu/NNP/obl:agent/4 ././punct/4"
            ),
            "Anu | was blamed | The raid on Orm",
        ),
        (
            (
                "A/DT/det/2 raid/NN/nsubj/6 ascribed/VBN/acl/2 to/IN/case/5 Orm/NNP/obl/3 "
                "failed/VBD/root/0 ././punct/6"
            ),
            " | ascribed | A raid to Orm",
        ),
        (
            (
                "A/DT/det/2 raid/NN/nsubj/7 reportedly/RB/advmod/4 led/VBN/acl/2 by/IN/case/6 "
                "Orm/NNP/obl:agent/4 failed/VBD/root/0 ././punct/7"
            ),
            " | reportedly | A raid led by Orm",
        ),
    ],
)
def test_each_frame(sentence: str, expected: str) -> None:
    assert told(MadeText(sentence)) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        # Nobody is the subject.
        "Alleging/VBG/root/0 that/IN/mark/4 he/PRP/nsubj/4 lied/VBD/ccomp/1 ././punct/1",
        # What is said about stands before the verb.
        "What/WP/obj/3 he/PRP/nsubj/3 says/VBZ/csubj/4 makes/VBZ/root/0 him/PRP/obj/4 ././punct/4",
        # A claim to something is none.
        "Her/PRP$/nmod:poss/2 claim/NN/nsubj/5 to/IN/case/4 land/NN/nmod/2 failed/VBD/root/0",
        # No list.
        "Their/PRP$/nmod:poss/2 demands/NNS/nsubj/4 are/VBP/cop/4 absurd/JJ/root/0 ././punct/4",
        "Demands/NNS/nsubj/3 are/VBP/cop/3 lies/NNS/root/0 and/CC/cc/5 slander/NN/conj/3",
        # Nobody asks for what is in demand.
        "Demand/NN/nsubj/4 for/IN/case/3 coal/NN/nmod/1 fell/VBD/root/0 ././punct/4",
        # The report of a gun.
        "A/DT/det/2 report/NN/nsubj/6 of/IN/case/5 a/DT/det/5 gun/NN/nmod/2 rang/VBD/root/0",
        # What is in somebody's words is a phrase in quotation marks.
        (
            "In/IN/case/3 Anu's/NNP/nmod:poss/3 words/NNS/obl/5 Orm/NNP/nsubj/5 "
            "fled/VBD/root/0 ././punct/5"
        ),
        # Who says so is who is quoted.
        (
            "In/IN/case/3 our/PRP$/nmod:poss/3 view/NN/obl/5 Orm/NNP/nsubj/5 "
            "fled/VBD/root/0 ././punct/5"
        ),
        (
            "On/IN/case/2 account/NN/obl/6 of/IN/case/4 rain/NN/nmod/2 Orm/NNP/nsubj/6 "
            "fled/VBD/root/0 ././punct/6"
        ),
        # Nothing is blamed, and nobody is told of.
        "Orm/NNP/nsubj/2 ascribes/VBZ/root/0 much/JJ/obj/2 to/IN/case/5 luck/NN/obl/2 ././punct/2",
    ],
)
def test_what_is_no_report(sentence: str) -> None:
    assert told(MadeText(sentence)) == []


def test_an_alleged_person_is_not_said() -> None:
    sentence = "The/DT/det/3 alleged/JJ/amod/3 thief/NN/nsubj/4 fled/VBD/root/0 ././punct/4"
    assert told(MadeText(sentence)) == [" | alleged | thief"]
    assert told(MadeText(sentence).typed(thief="person")) == []


def test_on_somebody_s_word() -> None:
    sentence = (
        "In/IN/case/3 the/DT/det/3 words/NNS/obl/7 of/IN/case/5 Anu/NNP/nmod/3 Orm/NNP/nsubj/7 "
        "fled/VBD/root/0 ././punct/7"
    )
    assert told(MadeText(sentence).typed(Anu="person")) == ["Anu | In the words of | Orm fled"]
    assert told(MadeText(sentence)) == []


def test_a_person_is_no_deed_of_which_one_is_told() -> None:
    sentence = "The/DT/det/2 claims/NNS/nsubj/5 of/IN/case/4 Anu/NNP/nmod/2 failed/VBD/root/0"
    assert told(MadeText(sentence).typed(Anu="person")) == []


def test_a_report_inside_a_content() -> None:
    made = MadeText(
        "Anu/NNP/nsubj/2 fears/VBZ/root/0 allegations/NNS/obj/2 of/IN/case/5 theft/NN/nmod/3 "
        "././punct/2"
    )
    line = "[source Anu] [cue fears] [content allegations of theft] ."
    text, candidates = candidates_of(line)
    outer, inner = make_drafts(candidates, text, (), trees_of(made))
    assert joined_text(outer.cue, text) == "fears"
    assert (joined_text(inner.cue, text), inner.parent) == ("allegations of", 0)
    # A content that holds some of it alone hides it.
    text, candidates = candidates_of("[source Anu] [cue fears] [content allegations] of theft .")
    assert len(make_drafts(candidates, text, (), trees_of(made))) == 1


def test_words_of_other_statements_are_left_alone() -> None:
    made = MadeText(ALLEGED)
    assert not list(reports_in(made.text, trees_of(made), lambda _: False))
    line = "[source Anu] has [cue alleged] that [content he lied] ."
    text, candidates = candidates_of(line)
    assert text == made.text
    drafts = make_drafts(candidates, text, (), trees_of(made))
    assert [d.probability for d in drafts] == [0.9]
    assert [joined_text(d.cue, text) for d in make_drafts([], text, (), trees_of(made))] == [
        "has alleged"
    ]


def test_hearsay_inside_a_content_is_the_speaker_s() -> None:
    made = MadeText(
        "Anu/NNP/nsubj/2 said/VBD/root/0 Orm/NNP/nsubj/5 allegedly/RB/advmod/5 "
        "fled/VBD/ccomp/2 ././punct/2"
    )
    text, candidates = candidates_of("[source Anu] [cue said] [content Orm allegedly fled] .")
    assert len(make_drafts(candidates, text, (), trees_of(made))) == 1


def test_what_was_found_stands_inside_of_a_report() -> None:
    made = MadeText(
        "Anu/NNP/nsubj/2 alleged/VBD/root/0 that/IN/mark/5 Orm/NNP/nsubj/5 said/VBD/ccomp/2 "
        "he/PRP/nsubj/7 fled/VBD/ccomp/5 ././punct/2"
    )
    text, candidates = candidates_of("Anu alleged that [source Orm] [cue said] [content he fled] .")
    outer, inner = make_drafts(candidates, text, (), trees_of(made))
    assert (joined_text(outer.cue, text), inner.parent, inner.depth) == ("alleged", 0, 1)


def test_a_quotation_behind_a_verb_that_reports() -> None:
    made = MadeText(
        "Anu/NNP/nsubj/2 spoke/VBD/root/0 on/IN/case/4 radio/NN/obl/2 ,/,/punct/2 "
        "“We/PRP/nsubj/7 fight/VBP/parataxis/2 on/RB/advmod/7 until/IN/case/10 "
        "dawn.”/NN/obl/7"
    )
    start = made.text.index("“")
    found = Sentences(made.text, trees_of(made)).introducing(Span(start, len(made.text)))
    assert found is not None
    assert joined_text(found.source, made.text) == "Anu"
    assert joined_text(found.cue, made.text) == "spoke"
    drafts = make_drafts([], made.text, pair_quotes(made.text), trees_of(made))
    assert [joined_text(d.content, made.text) for d in drafts] == ["“We fight on until dawn.”"]


def test_every_frame_is_known_and_used() -> None:
    used = {
        (part, frame)
        for parts in reporting_words().values()
        for part, frames in parts.items()
        for frame in frames
    }
    assert used == set(FRAMES)


def test_a_source_has_no_preposition() -> None:
    made = MadeText(
        "Memories/NNS/root/0 of/IN/case/3 Orm/NNP/nsubj/4 saying/VBG/acl/1 it/PRP/nsubj/6 "
        "fell/VBD/ccomp/4 ././punct/1"
    )
    assert told(made) == ["Orm | saying | it fell"]
