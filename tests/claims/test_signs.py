"""What speaks for a dispute and against it, as numbers."""

import dataclasses

import numpy as np
import pytest

from onrecord.claims.answers import Answer
from onrecord.claims.conflicts import apart
from onrecord.claims.matching import match
from onrecord.claims.models import Circumstances
from onrecord.claims.pairs import Pair
from onrecord.claims.propositions import account_of
from onrecord.claims.signs import Nearness, nearness, signs_of
from onrecord.claims.trees import Node, rows_of, sum_of, trees
from onrecord.claims.weighing import likelihood
from onrecord.claims.word_signs import word_signs
from onrecord.records import Ground, Kind
from tests.claims.made import made_reading

GROUNDS = (Ground.DENIAL, Ground.FIGURE, Ground.HOLDER, Ground.ACTOR)
SURE = Answer(dict.fromkeys(GROUNDS, 0.0) | {Ground.DENIAL: 0.99})


def pair_of(
    first: str, second: str, *, published: str = "2020-03-05", names=(("Orsa", Kind.PLACE),)
):
    accounts = [
        account_of(made_reading(text, names=_in(text, names), published=day), number=number)
        for number, (text, day) in enumerate([(first, "2020-03-05"), (second, published)], start=1)
    ]
    (a, p), (b, q) = ((account, account.propositions[0]) for account in accounts)
    return Pair(a, p, b, q, match(a, p, b, q, why_apart=apart(a, p, b, q), cosine=0.6))


def _in(text: str, names):
    return [name for name in names if name[0] in text]


def signs(pair: Pair, *sentences: str) -> dict[str, float]:
    texts = (sentences[0], sentences[1]) if sentences else ("", "")
    return signs_of(pair, SURE, Nearness(), texts, None, ground=Ground.DENIAL)


def test_signs_of_both_documents_are_the_same_either_way_round() -> None:
    pair = pair_of(
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Orsa on Monday.",
        published="2020-03-25",
    )
    back = Pair(pair.b, pair.q, pair.a, pair.p, pair.match)
    assert signs(pair, "x", "y z") == pytest.approx(signs(back, "y z", "x"))
    assert signs(pair)["days between"] == 20


def test_other_days_and_other_countries_are_told() -> None:
    pair = pair_of(
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Orsa on Monday.",
    )
    made = [
        Circumstances(countries=((code, 1.0),), days=(day,), early=(day,), towns=frozenset({day}))
        for code, day in (("ESP", 500), ("MEX", 514))
    ]
    a, b = (
        dataclasses.replace(account, circumstances=own)
        for account, own in zip((pair.a, pair.b), made, strict=True)
    )
    found = signs(Pair(a, pair.p, b, pair.q, pair.match))
    told = {name: found[name] for name in ("leads apart", "countries", "one main country", "towns")}
    assert told == {"leads apart": 14, "countries": 0, "one main country": -1, "towns": 0}
    assert signs(pair)["leads apart"] == -1


def test_names_that_the_other_document_does_not_have_are_told() -> None:
    names = (("Orsa", Kind.PLACE), ("Mora", Kind.PLACE))
    near = pair_of(
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Orsa on Monday.",
        names=names,
    )
    far = pair_of(
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Mora on Monday.",
        names=names,
    )
    assert signs(near)["names untold"] == 0
    assert signs(far)["names untold"] == 1


def test_negations_figures_and_hedges_are_counted_in_either_order() -> None:
    texts = ("He didn't see 12 men, perhaps more.", "According to them, twelve or 12 came.")
    found, back = dict(word_signs(*texts)), dict(word_signs(*texts[::-1]))
    assert found == back
    assert found["negation"] == found["negation on one side"] == 1
    assert found["hearsay on one side"] == found["one figure"] == found["opens with a pronoun"] == 1
    assert found["number"] == 3


def test_no_words_are_no_signs() -> None:
    assert set(dict(word_signs("", "…")).values()) == {0.0}


def test_nearness_looks_at_the_first_two_sentences() -> None:
    cosines = np.float32([[0.2, 0.3, 0.9], [0.4, 0.1, 0.5], [0.8, 0.2, 0.3]])
    found = nearness(cosines, [0, 10, 20], [0, 10, 20])
    assert (found.nearest, found.leads, found.lead) == pytest.approx((0.9, 0.4, 0.9))
    assert nearness(np.zeros((0, 3), np.float32), [], [0, 4, 8]) == Nearness()


def test_trees_decide_by_signs_and_are_written_as_they_are_read(tmp_path) -> None:
    made = [[Node("", 0.25)], [Node("days", 2.5, 1, 2), Node("", 1.0), Node("towns", 0.0, 3, 4),
             Node("", -2.0), Node("", 0.5)]]  # fmt: skip
    assert [sum_of(made, {"days": d, "towns": t}) for d, t in ((2, 9), (3, 0), (3, 1))] == [
        1.25, -1.75, 0.75,
    ]  # fmt: skip
    lines = rows_of(made).splitlines()
    assert lines[0] == "tree\tsign\tvalue\tbelow\tabove"
    assert lines[2:4] == ["1\tdays\t2.5\t1\t2", "1\t\t1\t\t"]


def test_all_signs_of_the_tables_are_known_and_none_is_forgotten() -> None:
    found = signs(
        pair_of(
            "The old mill of Orsa by the river burned on Monday.",
            "No mill by the river burned in Orsa on Monday.",
        ),
        "x",
        "y",
    )
    used = {node.sign for tree in trees() for node in tree} - {""}
    assert used <= found.keys()
    assert 0 < likelihood(found) < 1


def test_the_surer_the_model_the_likelier() -> None:
    pair = pair_of(
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Orsa on Monday.",
    )
    texts = (
        "The old mill of Orsa by the river burned on Monday.",
        "No mill by the river burned in Orsa on Monday.",
    )
    found = []
    for chance in (0.01, 0.5, 0.99):
        own = dict.fromkeys(GROUNDS, 0.0) | {Ground.DENIAL: chance}
        found.append(
            likelihood(
                signs_of(pair, Answer(own, own), Nearness(), texts, None, ground=Ground.DENIAL)
            )
        )
    assert sorted(found) == found
    assert found[0] < 0.2
