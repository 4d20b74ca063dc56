import json

import pytest

from evaluation.corpora import load_gold, load_polnear, load_polnear_annotators
from evaluation.errors import FloorError, FormError
from evaluation.floors import (
    FILE,
    PINNED,
    Floor,
    Lowering,
    check_floors,
    load_floors,
    raise_floors,
    save_floors,
)
from evaluation.report import Report, gold_report, polnear_report
from evaluation.scores import Score

DIGEST = "d" * 64


def report(
    digest: str = DIGEST, corpus: str = "polnear/dev", n: int = 100, **values: float | None
) -> Report:
    scores = {
        f"relation/{kind}": Score(None, None, value, None, n) for kind, value in values.items()
    }
    return Report(corpus=corpus, digest=digest, system="now", n_articles=3, scores=scores)


def floor(kind: str, value: float, **more) -> Floor:
    fields = {"tolerance": 0.3, "digest": DIGEST, "system": "then", "lowered": (), **more}
    return Floor(corpus="polnear/dev", metric=f"relation/{kind}", floor=value, **fields)


@pytest.mark.parametrize(
    ("value", "is_held"),
    [
        pytest.param(0.71, True, id="above"),
        pytest.param(0.70, True, id="at the floor"),
        pytest.param(0.6971, True, id="within the tolerance"),
        pytest.param(0.6969, False, id="below the tolerance"),
        pytest.param(0.0, False, id="nothing right"),
        pytest.param(None, False, id="nothing scored"),
    ],
)
def test_a_floor_holds_or_not(value, is_held) -> None:
    breaches = check_floors([floor("exact", 70.0)], [report(exact=value)])
    assert (not breaches) == is_held
    if breaches:
        assert "polnear/dev relation/exact" in str(breaches[0])


def test_a_metric_that_is_gone_breaks_its_floor() -> None:
    (breach,) = check_floors([floor("exact", 70.0)], [report(relaxed=0.9)])
    assert breach.found is None
    assert "no score" in str(breach)


def test_another_corpus_breaks_the_floor_however_good_the_score() -> None:
    (breach,) = check_floors([floor("exact", 70.0)], [report("e" * 64, exact=0.9)])
    assert "sha256 dddddddddddd, this one has eeeeeeeeeeee" in str(breach)


def test_a_corpus_that_was_not_measured_is_not_checked() -> None:
    assert check_floors([floor("exact", 70.0)], [report(corpus="gold/dev", exact=0.1)]) == []


def test_raising_writes_what_is_higher_and_leaves_what_is_lower() -> None:
    old = [floor("exact", 50.0), floor("relaxed", 70.0, tolerance=0.1)]
    new = raise_floors(old, [report(exact=0.6, relaxed=0.65)])
    assert new == [
        floor("exact", 60.0, system="now"),
        floor("relaxed", 70.0, tolerance=0.1),
    ]


def test_raising_rounds_down() -> None:
    (new,) = raise_floors([], [report(exact=0.54999)])
    assert new.floor == 54.99
    assert check_floors([new], [report(exact=0.54999)]) == []
    assert raise_floors([], [report(exact=0.29)])[0].floor == 29.0


def test_pinned_metrics_get_a_floor_once_there_is_a_score() -> None:
    assert raise_floors([], [report(exact=0.0, relaxed=None)]) == []
    few = report(n=19, exact=0.9)
    assert raise_floors([], [few]) == []
    (new,) = raise_floors([], [report(exact=0.5, unheard_of=0.9)])
    assert (new.metric, new.floor, new.digest, new.lowered) == ("relation/exact", 50.0, DIGEST, ())


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    (once,) = raise_floors([floor("exact", 70.0)], [report(exact=0.6)], reason="smaller model")
    assert once.floor == 60.0
    assert once.lowered == (Lowering(before=70.0, after=60.0, reason="smaller model"),)
    (again,) = raise_floors([once], [report(exact=0.5)], reason="smaller still")
    assert [lowering.reason for lowering in again.lowered] == ["smaller model", "smaller still"]
    (raised,) = raise_floors([again], [report(exact=0.8)])
    assert raised.floor == 80.0
    assert raised.lowered == again.lowered


def test_a_reason_lowers_nothing_that_is_not_lower() -> None:
    old = [floor("exact", 70.0)]
    assert raise_floors(old, [report(exact=0.7)], reason="why not") == old
    assert raise_floors(old, [report(exact=0.8)], reason="why not")[0].lowered == ()


def test_a_new_corpus_needs_a_reason_too() -> None:
    other = report("e" * 64, exact=0.9)
    with pytest.raises(FloorError, match="give --lower and a --reason"):
        raise_floors([floor("exact", 70.0)], [other])
    (new,) = raise_floors([floor("exact", 70.0)], [other], reason="an article was repaired")
    assert (new.floor, new.digest) == (90.0, "e" * 64)
    assert new.lowered == (Lowering(before=70.0, after=90.0, reason="an article was repaired"),)


def test_floors_come_back_from_their_file(tmp_path) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) == []
    floors = [
        floor("exact", 70.0, lowered=(Lowering(before=71.5, after=70.0, reason="“why”"),)),
        floor("relaxed", 80.01),
    ]
    save_floors(floors, path)
    assert load_floors(path) == floors


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"floors": [{"corpus": "x"}]}', '{"floors": [3]}']
)
def test_a_file_of_another_form(tmp_path, content) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content)
    with pytest.raises(FormError, match="these are no floors"):
        load_floors(path)


def test_the_floors_of_the_project_are_pinned_and_written_as_they_are_saved(tmp_path) -> None:
    floors = load_floors()
    assert floors
    names = [(own.corpus, own.metric) for own in floors]
    assert len(set(names)) == len(names)
    for own in floors:
        assert own.metric in PINNED[own.corpus]
        assert 0 < own.floor <= 100
        assert 0 < own.tolerance <= 5
        assert len(own.digest) == 64
        assert all(lowering.reason.strip() for lowering in own.lowered)
    save_floors(floors, tmp_path / "floors.json")
    assert json.loads((tmp_path / "floors.json").read_text()) == json.loads(FILE.read_text())


@pytest.mark.corpus
@pytest.mark.weights
@pytest.mark.slow
def test_the_packaged_weights_hold_their_floors(
    corpora, gold, polnear_predictions, gold_predictions
) -> None:
    reports = [
        polnear_report(load_polnear(corpora), polnear_predictions),
        polnear_report(load_polnear_annotators(corpora), polnear_predictions),
        gold_report(load_gold(gold), gold_predictions),
    ]
    assert [str(breach) for breach in check_floors(load_floors(), reports)] == []
