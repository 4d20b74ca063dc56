"""Places against LGL and TR-News: how far from the gold place the one found lies.

A case is a gold place name with a number in GeoNames. It is covered if the gazetteer has that
number, or has a place of that name within 161 km of the gold one; only covered cases are scored,
and their share is stated. A case is right if what was found has the gold number, or lies within
161 km of the gold place; `strict` leaves the number out, so that the middle of a large country
must be where GeoNames puts it too. What has no pin is as far off as the earth is long.

`python -m evaluation.places` prints numbers by cross-validation: no article is scored by weights
that were fitted on it. With `--fit` it writes the weights of the package.
"""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from evaluation.corpora import corpora_folder
from evaluation.errors import FormError
from evaluation.intervals import Interval, bootstrap
from evaluation.scores import Counts, Share, Tally, add_tallies, scores_of
from onrecord.places.evidence import distance_km
from onrecord.places.gazetteers import Gazetteer, load_gazetteer
from onrecord.places.names import normal_name
from onrecord.places.phrases import read_phrase
from onrecord.places.resolver import Answer
from onrecord.places.tables import nationalities
from onrecord.records import Kind, Reading

CORPORA = {"lgl": "places/lgl.xml", "tr-news": "places/TR-News.half.xml"}
NEAR_KM = 161.0
FARTHEST_KM = 20_039.0
_DRIFT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """One gold place name; the number is None where the corpus has no place for it."""

    start: int
    end: int
    number: int | None
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceArticle:
    """An article with its gold place names; `url` may be an address or only a host."""

    id: str
    text: str
    url: str
    names: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCase:
    """How one gold place name fared.

    Attributes:
        is_covered: Whether the gazetteer has the place at all.
        error_km: From the gold place; 0 for the same number; the farthest without a pin.
        strict_km: The same by positions alone.
        probability: What the resolver said; None without a pin.
        is_nationality: Whether the name is a word such as "Finnish".
    """

    is_covered: bool
    error_km: float
    strict_km: float
    probability: float | None
    is_nationality: bool


def load_places(folder: Path, name: str) -> list[PlaceArticle]:
    """The articles of a corpus.

    Raises:
        FormError: The file cannot be read, or has another form.
    """
    path = folder / CORPORA[name]
    try:
        root = ET.fromstring(path.read_bytes())  # noqa: S314 - a corpus that the user has chosen
        return [_article(element) for element in root.iter("article")]
    except OSError as error:
        raise FormError(source=str(path), problem=error.strerror or str(error)) from error
    except (ET.ParseError, AttributeError, TypeError, ValueError) as error:
        raise FormError(source=str(path), problem=f"no corpus of places: {error}") from error


def _article(element: ET.Element) -> PlaceArticle:
    text = element.findtext("text") or ""
    return PlaceArticle(
        id=str(element.get("docid")),
        text=text,
        url=(element.findtext("domain") or "").strip(),
        names=tuple(_name(own, text) for own in element.iter("toponym")),
    )


def _name(element: ET.Element, text: str) -> PlaceName:
    given = int(element.findtext("start") or ""), int(element.findtext("end") or "")
    start, end = _aligned(text, *given, element.findtext("phrase") or "")
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}) lies outside the text")
    tag = element.find("gaztag")
    lat = tag.findtext("lat") if tag is not None else None
    if tag is None or not lat:
        return PlaceName(start=start, end=end, number=None, lat=0.0, lon=0.0)
    return PlaceName(
        start=start,
        end=end,
        number=int(tag.get("geonameid") or ""),
        lat=float(lat),
        lon=float(tag.findtext("lon") or ""),
    )


def _aligned(text: str, start: int, end: int, phrase: str) -> tuple[int, int]:
    """The given positions, or where the phrase stands next to them: some are off by a few."""
    if not phrase or text[start:end] == phrase:
        return start, end
    before = text.rfind(phrase, max(0, start - _DRIFT), start + len(phrase))
    after = text.find(phrase, max(0, start), start + _DRIFT)
    found = [at for at in (before, after) if at >= 0]
    if not found:
        return start, end
    at = min(found, key=lambda at: abs(at - start))
    return at, at + len(phrase)


def score_places(
    article: PlaceArticle, answers: Sequence[Answer], gazetteer: Gazetteer
) -> list[PlaceCase]:
    """How the gold names of an article fared; names without a gold place are left out."""
    gold = [(n, a) for n, a in zip(article.names, answers, strict=True) if n.number is not None]
    numbers = np.array([name.number for name, _ in gold], np.int64)
    known = gazetteer.has_number(numbers).tolist() if gold else []
    return [
        _case(article.text, name, answer, gazetteer, has_number=has_number)
        for (name, answer), has_number in zip(gold, known, strict=True)
    ]


def _case(
    text: str, name: PlaceName, answer: Answer, gazetteer: Gazetteer, *, has_number: bool
) -> PlaceCase:
    strict = FARTHEST_KM
    if answer.lat is not None and answer.lon is not None:
        at = np.array([answer.lat]), np.array([answer.lon])
        strict = float(distance_km(*at, name.lat, name.lon)[0])
    is_same = answer.is_found and answer.geonames_id == name.number
    return PlaceCase(
        is_covered=has_number or _has_name_near(text, name, gazetteer),
        error_km=0.0 if is_same else strict,
        strict_km=strict,
        probability=answer.probability if answer.is_found else None,
        is_nationality=normal_name(text[name.start : name.end]) in nationalities(),
    )


def _has_name_near(text: str, name: PlaceName, gazetteer: Gazetteer) -> bool:
    names = [own for own, _ in read_phrase(text, name.start, name.end).names]
    found = gazetteer.find(names)
    return bool((distance_km(found.lat_C, found.lon_C, name.lat, name.lon) < NEAR_KM).any())


def tally_of(cases: Iterable[PlaceCase]) -> Tally:
    """Sums over the cases of an article; errors are sums too, as means of shares are."""
    every = list(cases)
    own = [case for case in every if case.is_covered]
    named = [case for case in own if not case.is_nationality]
    pinned = [case for case in own if case.probability is not None]
    logs = sum(np.log1p(case.error_km) for case in own) / np.log1p(FARTHEST_KM)
    return {
        "covered": Share(len(own), len(every)),
        "within_161km": Share(sum(case.error_km < NEAR_KM for case in own), len(own)),
        "within_161km_names": Share(sum(case.error_km < NEAR_KM for case in named), len(named)),
        "within_161km_strict": Share(sum(case.strict_km < NEAR_KM for case in own), len(own)),
        "within_161km_of_all": Share(sum(case.error_km < NEAR_KM for case in every), len(every)),
        "pinned": Share(len(pinned), len(own)),
        "mean_error_km": Share(sum(case.error_km for case in pinned), len(pinned)),
        "log_error_area": Share(float(logs), len(own)),
    }


def end_to_end_tally(article: PlaceArticle, reading: Reading) -> Tally:
    """Place names found in plain text: same span, and within 161 km where gold has a place."""
    text = article.text
    mentions = {m.id: m for m in reading.mentions or () if m.kind == Kind.PLACE}
    found = {
        (mentions[place.mention].span.start, mentions[place.mention].span.end): place
        for place in reading.places or ()
        if place.mention in mentions
    }
    gold = {
        (name.start, name.end): name
        for name in article.names
        if normal_name(text[name.start : name.end]) not in nationalities()
    }
    both = found.keys() & gold.keys()
    placed = [(found[span], gold[span]) for span in both if gold[span].number is not None]
    right = sum(
        place.geonames_id == name.number
        or (
            place.lat is not None
            and place.lon is not None
            and float(
                distance_km(np.array([place.lat]), np.array([place.lon]), name.lat, name.lon)[0]
            )
            < NEAR_KM
        )
        for place, name in placed
    )
    n_placed = sum(name.number is not None for name in gold.values())
    n_pinned = sum(
        place.precision is not None and (span not in gold or gold[span].number is not None)
        for span, place in found.items()
    )
    return {
        "span_f1": Counts(len(both), len(found), len(both), len(gold)),
        "place_f1": Counts(right, n_pinned, right, n_placed),
    }


def calibration_of(cases: Iterable[PlaceCase], n_bins: int = 5) -> list[tuple[float, float, int]]:
    """Mean probability, share that is right, and number of pins, in bins of equal width."""
    pinned = [case for case in cases if case.probability is not None]
    bins: list[list[PlaceCase]] = [[] for _ in range(n_bins)]
    for case in pinned:
        bins[min(int((case.probability or 0.0) * n_bins), n_bins - 1)].append(case)
    return [
        (
            sum(case.probability or 0.0 for case in own) / len(own),
            sum(case.error_km < NEAR_KM for case in own) / len(own),
            len(own),
        )
        for own in bins
        if own
    ]


def report_of(name: str, tallies: Sequence[Tally], *, n_rounds: int = 0) -> str:
    """Numbers as lines of text, with intervals over articles."""
    scores = scores_of(add_tallies(tallies))
    intervals = bootstrap(tallies, n_rounds=n_rounds)
    lines = [f"{name}: {len(tallies)} articles"]
    for metric, score in scores.items():
        value = f"{_number(score.value)}{_range(intervals.get(metric))}"
        lines.append(f"  {metric:<22} {value}  n {score.n or 0:.0f}")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value > 1 else f"{value:.3f}"


def _range(interval: Interval | None) -> str:
    return f" [{_number(interval.low)}, {_number(interval.high)}]" if interval else ""


@click.command("places")
@click.option(
    "--on",
    "names",
    type=click.Choice(list(CORPORA)),
    multiple=True,
    help="Corpus; both if not given.",
)
@click.option(
    "--folds",
    "n_folds",
    type=click.IntRange(2),
    default=5,
    show_default=True,
    help="Parts of cross-validation.",
)
@click.option(
    "--bootstrap",
    "n_rounds",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="Sets of articles.",
)
@click.option(
    "--packaged",
    is_flag=True,
    help="Score the weights of the package, which were fitted on these articles.",
)
@click.option("--no-outlet", is_flag=True, help="Leave the address of the outlet out.")
@click.option("--end-to-end", is_flag=True, help="Find the names in plain text too.")
@click.option(
    "--gazetteer",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the gazetteer.",
)
@click.option(
    "--fit",
    "fit_to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fit on all articles, and write the weights here.",
)
def places_command(
    names: tuple[str, ...],
    n_folds: int,
    n_rounds: int,
    packaged: bool,  # noqa: FBT001 - a flag is what click gives
    no_outlet: bool,  # noqa: FBT001
    end_to_end: bool,  # noqa: FBT001
    folder: Path | None,
    fit_to: Path | None,
) -> None:
    """Places against LGL and half of TR-News, by cross-validation."""
    from evaluation import place_models

    gazetteer = load_gazetteer(folder)
    corpora = {name: load_places(corpora_folder(), name) for name in CORPORA}
    if no_outlet:
        corpora = {n: [_without_url(a) for a in own] for n, own in corpora.items()}
    if fit_to is not None:
        every = [article for own in corpora.values() for article in own]
        fit_to.write_text(
            place_models.weights_table(place_models.fit(every, gazetteer)), encoding="utf-8"
        )
        return
    for name in names or CORPORA:
        articles = corpora[name]
        if end_to_end:
            tallies = [end_to_end_tally(a, r) for a, r in _readings(articles)]
            click.echo(report_of(f"{name}, end to end", tallies, n_rounds=n_rounds))
            continue
        if packaged:
            cases = [
                score_places(a, place_models.answers_of(a, gazetteer, None), gazetteer)
                for a in articles
            ]
        else:
            more = [a for other, own in corpora.items() if other != name for a in own]
            cases = place_models.cross_validate(articles, gazetteer, n_folds=n_folds, more=more)
        click.echo(report_of(name, [tally_of(own) for own in cases], n_rounds=n_rounds))
        for said, right, n in calibration_of(case for own in cases for case in own):
            click.echo(f"  said {said:.2f} right {right:.2f}  n {n}")


def _without_url(article: PlaceArticle) -> PlaceArticle:
    return PlaceArticle(id=article.id, text=article.text, url="", names=article.names)


def _readings(articles: Sequence[PlaceArticle]) -> Iterator[tuple[PlaceArticle, Reading]]:
    from onrecord.pipeline import Reader
    from onrecord.records import make_document

    reader = Reader()
    with click.progressbar(articles, file=sys.stderr) as bar:
        for article in bar:
            document = make_document(text=article.text, url=article.url or None, language="en")
            yield article, reader.read(document)


if __name__ == "__main__":
    from evaluation.commands import run

    run(places_command)  # type: ignore[arg-type]
