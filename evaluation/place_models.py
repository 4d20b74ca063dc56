"""Fits the weights of the resolver of places, and scores it on articles that it was not fitted on.

A name may have several right candidates (a city and its county), so the probability of all of
them together is made large, with a Gaussian prior on the weights; where the gazetteer has no
right one, "none of them" is right. Features depend on the probabilities of the other names, so
that features and weights are computed in turns.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.places import PlaceArticle, PlaceCase, score_places
from onrecord.places.boards import Board, make_board
from onrecord.places.evidence import distance_km
from onrecord.places.gazetteers import Gazetteer
from onrecord.places.models import FEATURES, Model
from onrecord.places.resolver import Answer, features_of, resolve, solve

Floats = NDArray[np.float64]
NEAR_KM = 161.0
_PRIOR = 1.0
# Weights are drawn to 0, but for what is known: in both corpora 240 of 243 names with a country
# or state after a comma lie in it, most of which are right by their size alone and teach little.
_DRAWN_TO = Model.of({"in_container": 8.0}).weights_F
_TURNS, _STEPS = 6, 12
# Where the fit begins; the first features are computed with these.
_START = {
    "population": 4.0,
    "behind_largest": -1.0,
    "is_country": 5.0,
    "is_region": 4.0,
    "is_district": 1.5,
    "is_area": 3.0,
    "is_capital": 1.0,
    "is_other_name": -1.0,
    "is_abbreviation": -1.0,
    "is_short": -2.0,
    "in_container": 4.0,
    "is_container": 3.0,
    "region_mass": 2.0,
    "country_mass": 1.0,
    "near_mass": 1.5,
    "outlet_country": 1.0,
    "area_code": 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """The candidates of an article's units; for each case its unit and the right candidates."""

    board: Board
    cases: tuple[tuple[slice, NDArray[np.bool_]], ...]


def fit(articles: Sequence[PlaceArticle], gazetteer: Gazetteer) -> Model:
    """Weights that make the right places of these articles probable."""
    return _fit([_sample(article, gazetteer) for article in articles])


def cross_validate(
    articles: Sequence[PlaceArticle],
    gazetteer: Gazetteer,
    *,
    n_folds: int = 5,
    more: Sequence[PlaceArticle] = (),
) -> list[list[PlaceCase]]:
    """Cases of each article by weights that were fitted without its fold.

    Args:
        articles: What is scored, and fitted on in turns.
        gazetteer: Where names are looked up.
        n_folds: Parts that the articles fall into, by a hash of their names.
        more: Other articles that are always fitted on.
    """
    fold_of = [zlib.crc32(article.id.encode()) % n_folds for article in articles]
    samples = [_sample(article, gazetteer) for article in articles]
    others = [_sample(article, gazetteer) for article in more]
    models = [
        _fit([s for s, own in zip(samples, fold_of, strict=True) if own != fold] + others)
        for fold in range(n_folds)
    ]
    return [
        score_places(article, answers_of(article, gazetteer, models[fold]), gazetteer)
        for article, fold in zip(articles, fold_of, strict=True)
    ]


def answers_of(article: PlaceArticle, gazetteer: Gazetteer, model: Model | None) -> list[Answer]:
    """What the resolver says about the gold names of an article."""
    return resolve(
        article.text,
        [(name.start, name.end) for name in article.names],
        gazetteer=gazetteer,
        model=model,
        outlet=None,
        url=article.url,
    )


def _sample(article: PlaceArticle, gazetteer: Gazetteer) -> _Sample:
    spans = [(name.start, name.end) for name in article.names]
    board = make_board(article.text, spans, gazetteer=gazetteer, url=article.url)
    candidates, cases = board.candidates, []
    for name, unit in zip(article.names, board.unit_of, strict=True):
        if name.number is None or unit is None:
            continue
        part = board.rows_of(unit)
        is_it = candidates.number_C[part] == name.number
        km = distance_km(candidates.lat_C[part], candidates.lon_C[part], name.lat, name.lon)
        cases.append((part, is_it if is_it.any() else km < NEAR_KM))
    return _Sample(board=board, cases=tuple(cases))


def _fit(samples: Sequence[_Sample]) -> Model:
    model = Model.of(_START)
    for _ in range(_TURNS):
        model = Model(weights_F=_maximise(*_design(samples, model), model.weights_F))
    return model


def _design(
    samples: Sequence[_Sample], model: Model
) -> tuple[Floats, NDArray[np.int64], NDArray[np.bool_]]:
    """Features, case and rightness of all candidates of all cases."""
    features, case, right, n = [], [], [], 0
    for sample in samples:
        values = features_of(sample.board, solve(sample.board, model))
        for part, good in sample.cases:
            features.append(values[part])
            case.append(np.full(len(good), n))
            right.append(good)
            n += 1
    return np.concatenate(features), np.concatenate(case), np.concatenate(right)


def _prior(weights_F: Floats) -> float:
    return float(_PRIOR / 2 * ((weights_F - _DRAWN_TO) ** 2).sum())


def _maximise(
    features_CF: Floats,
    case_C: NDArray[np.int64],
    right_C: NDArray[np.bool_],
    weights_F: Floats,
) -> Floats:
    """Newton steps of expectation maximisation; a step that does not help is halved."""
    first = np.flatnonzero(np.diff(case_C, prepend=-1))
    has_none = ~np.logical_or.reduceat(right_C, first)

    def parts(weights: Floats) -> tuple[float, Floats, Floats]:
        score = features_CF @ weights
        top = np.maximum(np.maximum.reduceat(score, first), 0.0)
        raised = np.exp(score - top[case_C])
        every = np.add.reduceat(raised, first) + np.exp(-top)
        good = np.add.reduceat(raised * right_C, first) + has_none * np.exp(-top)
        gain = float(np.log(good).sum() - np.log(every).sum() - _prior(weights))
        return gain, raised / every[case_C], raised * right_C / good[case_C]

    gain, p_C, q_C = parts(weights_F)
    for _ in range(_STEPS):
        slope = features_CF.T @ (q_C - p_C) - _PRIOR * (weights_F - _DRAWN_TO)
        mean = np.add.reduceat(features_CF * p_C[:, None], first)
        curve = features_CF.T @ (features_CF * p_C[:, None]) - mean.T @ mean
        step = np.linalg.solve(curve + _PRIOR * np.eye(len(weights_F)), slope)
        while True:
            new_gain, new_p, new_q = parts(weights_F + step)
            if new_gain >= gain or np.abs(step).max() < 1e-6:
                break
            step = step / 2
        weights_F = weights_F + step
        is_done = new_gain - gain < 1e-3
        gain, p_C, q_C = new_gain, new_p, new_q
        if is_done:
            break
    return weights_F


def weights_table(model: Model) -> str:
    """The file `weights.tsv` of the package."""
    head = (
        "# Weights of the model that tells which place a name means; made by\n"
        "# `python -m evaluation.places --fit`, on LGL and half of TR-News (only these numbers\n"
        "# were learned from them; no text of theirs is here).\n# feature\tweight\n"
    )
    rows = zip(FEATURES, model.weights_F.tolist(), strict=True)
    return head + "".join(f"{name}\t{weight:.4f}\n" for name, weight in rows)
