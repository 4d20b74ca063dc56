from pathlib import Path

import numpy as np
import pytest

from evaluation.errors import FormError
from evaluation.place_models import answers_of, cross_validate, fit, weights_table
from evaluation.places import (
    FARTHEST_KM,
    PlaceArticle,
    PlaceCase,
    PlaceName,
    calibration_of,
    end_to_end_tally,
    load_places,
    report_of,
    score_places,
    tally_of,
)
from evaluation.scores import scores_of
from onrecord.places.gazetteers import Gazetteer, load_gazetteer
from onrecord.places.indexes import SETTLEMENT, Entry
from onrecord.places.models import FEATURES
from onrecord.places.resolver import Answer
from onrecord.records import (
    Kind,
    Mention,
    MentionForm,
    Place,
    Precision,
    Reading,
    Span,
    make_document,
    make_run,
)
from tests.places.made import index_of

XML = """<articles><article docid="1"><title>T</title><domain>oak.example</domain>
<text>{text}</text><toponyms>
<toponym><start>{start}</start><end>{end}</end><phrase>Oak</phrase>
<gaztag geonameid="7"><lat>1</lat><lon>2</lon></gaztag></toponym>
<toponym><start>8</start><end>11</end><phrase>Elm</phrase></toponym>
</toponyms></article></articles>"""
TEXT = "Oak and Elm."
OAK = Entry(number=1, name="Oak", lat=1, lon=2, kind=SETTLEMENT)
NO_TEXT = XML.format(text="", start=0, end=3)
NO_START = XML.format(text="a", start="x", end=2)


@pytest.fixture
def small() -> Gazetteer:
    """Two villages of one name, far from each other."""
    return Gazetteer(
        [
            index_of(
                Entry(
                    number=7, name="Oak", lat=1, lon=2, kind=SETTLEMENT, country="US", region="KY"
                ),
                Entry(number=8, name="Oak", lat=50, lon=60, kind=SETTLEMENT, country="FR"),
            )
        ]
    )


def corpus(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "places" / "lgl.xml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    return tmp_path


def article(number: int | None = 7, lat: float = 1.0, lon: float = 2.0) -> PlaceArticle:
    name = PlaceName(start=0, end=3, number=number, lat=lat, lon=lon)
    return PlaceArticle(id="1", text=TEXT, url="", names=(name,))


def pin(number: int, lat: float, lon: float) -> Answer:
    return Answer(
        name="Oak",
        geonames_id=number,
        lat=lat,
        lon=lon,
        precision=Precision.SETTLEMENT,
        probability=0.9,
        n_candidates=2,
    )


@pytest.mark.parametrize("start", [0, 2])
def test_a_corpus_is_read_and_its_positions_put_right(tmp_path: Path, start: int) -> None:
    folder = corpus(tmp_path, XML.format(text=TEXT, start=start, end=start + 3))
    (found,) = load_places(folder, "lgl")
    assert found.url == "oak.example"
    assert [(n.start, n.end, n.number) for n in found.names] == [(0, 3, 7), (8, 11, None)]


@pytest.mark.parametrize("content", ["<articles", NO_TEXT, NO_START])
def test_another_form_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FormError, match=r"lgl\.xml"):
        load_places(corpus(tmp_path, content), "lgl")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"lgl\.xml"):
        load_places(tmp_path, "lgl")


@pytest.mark.parametrize(
    ("answer", "error_km", "strict_km"),
    [
        (pin(7, 1, 2), 0, 0),
        (pin(7, 1, 12), 0, 1112),
        (pin(8, 1, 12), 1112, 1112),
        (Answer(), FARTHEST_KM, FARTHEST_KM),
    ],
)
def test_errors_of_a_case(
    small: Gazetteer, answer: Answer, error_km: float, strict_km: float
) -> None:
    (case,) = score_places(article(), [answer], small)
    assert case.is_covered
    assert case.error_km == pytest.approx(error_km, abs=1)
    assert case.strict_km == pytest.approx(strict_km, abs=1)


@pytest.mark.parametrize(
    ("given", "is_covered"),
    [
        (article(number=7, lat=-40), True),
        (article(number=99, lat=1.1), True),
        (article(number=99, lat=-40), False),
    ],
)
def test_covered_is_the_number_or_the_name_near_by(
    small: Gazetteer, given: PlaceArticle, *, is_covered: bool
) -> None:
    (case,) = score_places(given, [Answer()], small)
    assert case.is_covered is is_covered


def test_names_without_gold_place_are_no_cases(small: Gazetteer) -> None:
    assert score_places(article(number=None), [Answer()], small) == []


def case(error_km: float, probability: float | None = 0.9, *, is_covered: bool = True) -> PlaceCase:
    return PlaceCase(
        is_covered=is_covered,
        error_km=error_km,
        strict_km=error_km,
        probability=probability,
        is_nationality=False,
    )


def test_scores_by_hand() -> None:
    cases = [case(0), case(100), case(200), case(FARTHEST_KM, None), case(0, is_covered=False)]
    found = {metric: score.value for metric, score in scores_of(tally_of(cases)).items()}
    assert found["covered"] == 0.8
    assert found["within_161km"] == 0.5
    assert found["within_161km_of_all"] == 0.6
    assert found["pinned"] == 0.75
    assert found["mean_error_km"] == pytest.approx(100)
    logs = np.log1p([0, 100, 200, FARTHEST_KM]).mean() / np.log1p(FARTHEST_KM)
    assert found["log_error_area"] == pytest.approx(logs)


def test_calibration_by_hand() -> None:
    found = calibration_of([case(0, 0.9), case(900, 1.0), case(0, 0.1), case(0, None)])
    assert found == [(0.1, 1.0, 1), (pytest.approx(0.95), 0.5, 2)]


def test_end_to_end_by_hand() -> None:
    run = make_run(software="", model="", model_digest="", settings={})
    document = make_document(text=TEXT)
    mentions = tuple(
        Mention(
            id=str(start),
            document=document.id,
            span=Span(start, start + 3),
            kind=Kind.PLACE,
            form=MentionForm.NAME,
            entity="e",
            run=run.id,
        )
        for start in (0, 8)
    )
    places = tuple(
        Place(
            id=mention.id,
            document=document.id,
            mention=mention.id,
            name="",
            country=None,
            admin1=None,
            geonames_id=7,
            lat=1.0,
            lon=2.0,
            precision=Precision.SETTLEMENT,
            probability=0.9,
            candidates=1,
            run=run.id,
        )
        for mention in mentions
    )
    reading = Reading(run=run, document=document, mentions=mentions, entities=(), places=places)
    found = scores_of(end_to_end_tally(article(), reading))
    assert (found["span_f1"].precision, found["span_f1"].recall) == (0.5, 1.0)
    assert (found["place_f1"].precision, found["place_f1"].recall) == (0.5, 1.0)


def test_a_fit_learns_what_the_articles_show(small: Gazetteer) -> None:
    articles = [
        PlaceArticle(
            id=str(n),
            text=f"In Oak, {country}.",
            url=f"oak.{ending}",
            names=(PlaceName(start=3, end=6, number=number, lat=0, lon=0),),
        )
        for n in range(6)
        for country, ending, number in (("Kentucky", "us", 7), ("France", "fr", 8))
    ]
    model = fit(articles, small)
    assert model.weights_F[FEATURES.index("outlet_country")] > 1
    cases = cross_validate(articles, small, n_folds=3)
    assert all(case.error_km == 0 for own in cases for case in own)
    assert len(weights_table(model).splitlines()) > len(FEATURES)


def test_a_report_has_a_line_for_each_number() -> None:
    report = report_of("made", [tally_of([case(0)])], n_rounds=10)
    assert "within_161km           1.000 [1.000, 1.000]  n 1" in report


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("lgl", 0.89), ("tr-news", 0.90)])
def test_the_packaged_weights_place_the_corpora(
    corpora: Path, tmp_path_factory: pytest.TempPathFactory, name: str, least: float
) -> None:
    gazetteer = load_gazetteer(tmp_path_factory.getbasetemp() / "gazetteer")
    cases = [
        own
        for article in load_places(corpora, name)
        for own in score_places(article, answers_of(article, gazetteer, None), gazetteer)
        if own.is_covered
    ]
    assert sum(case.error_km < 161 for case in cases) / len(cases) >= least
