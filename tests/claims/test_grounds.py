"""Disputes of every ground between two readings made by hand, and near misses of each."""

import pytest

from onrecord.records import Act, Change, Kind
from tests.claims.made import made_reading
from tests.claims.made_stores import disputes, made_store, take

ORSA = [("Orsa", Kind.PLACE)]


def _find(tmp_path, first, second):
    with made_store(tmp_path) as store:
        take(store, first, second)
        return [ground for ground, _, _ in disputes(store)]


def _shelled(day="2020-03-04", place="Orsa", who="Belvarian army"):
    text = f"Ann Vale accused the {who} of shelling the market in {place} on Monday."
    content = f"the {who} of shelling the market in {place} on Monday"
    return made_reading(
        text,
        ("Ann Vale", "accused", content, Act.ACCUSE),
        names=[("Ann Vale", Kind.PERSON), (f"the {who}", Kind.ORGANIZATION), (place, Kind.PLACE)],
        times={"Monday": day},
    )


def _denied(day="2020-03-04", place="Orsa", deed="shelled the market"):
    content = f"that it had {deed} in {place} on Monday"
    return made_reading(
        f"The Belvarian army denied {content}.",
        ("The Belvarian army", "denied", content),
        names=[("The Belvarian army", Kind.ORGANIZATION), (place, Kind.PLACE)],
        times={"Monday": day},
        outlet="Other Herald",
        published="2020-03-06",
    )


def test_a_denial(tmp_path) -> None:
    assert _find(tmp_path, _shelled(), _denied()) == ["denial"]


@pytest.mark.parametrize(
    "second",
    [_denied(day="2020-02-03"), _denied(place="Umra"), _denied(deed="paid for a holiday")],
    ids=["other day", "other town", "other deed"],
)
def test_denials_of_something_else(tmp_path, second) -> None:
    assert _find(tmp_path, _shelled(), second) == []


def test_two_denials_and_two_reports_are_no_dispute(tmp_path) -> None:
    other = made_reading(
        "The Belvarian army, in a letter, denied that it had shelled the market in Orsa on Monday.",
        ("The Belvarian army", "denied", "that it had shelled the market in Orsa on Monday"),
        names=[("The Belvarian army", Kind.ORGANIZATION), *ORSA],
        times={"Monday": "2020-03-04"},
    )
    assert _find(tmp_path, _denied(), other) == []


def test_a_denial_inside_one_article(tmp_path) -> None:
    text = (
        "Ann Vale accused Judge Brask of taking bribes in Orsa. Judge Brask denied taking bribes."
    )
    one = made_reading(
        text,
        ("Ann Vale", "accused", "Judge Brask of taking bribes in Orsa", Act.ACCUSE),
        ("Judge Brask", "denied", "taking bribes"),
        names=[("Ann Vale", Kind.PERSON), ("Judge Brask", Kind.PERSON), *ORSA],
    )
    with made_store(tmp_path) as store:
        take(store, one)
        assert [ground for ground, _, _ in disputes(store)] == ["denial"]


def _toll(words, who="Ann Vale", *, day="2020-03-02", place="Orsa", published="2020-03-03"):
    text = f"{who} said that {words} in {place} on Monday."
    kind = Kind.PERSON if who[0].isupper() else Kind.ORGANIZATION
    return made_reading(
        text,
        (who, "said", f"that {words} in {place} on Monday"),
        names=[(who, kind), (place, Kind.PLACE)],
        times={"Monday": day},
        published=published,
    )


TWELVE = "12 people were killed in a fire at a market"


@pytest.mark.parametrize(
    ("words", "options", "found"),
    [
        ("at least 30 people were killed in a fire at a market", {}, ["incompatible figure"]),
        ("14 people were killed in a fire at a market", {}, ["incompatible figure"]),
        ("at least 10 people were killed in a fire at a market", {}, []),
        ("about 12 people were killed in a fire at a market", {}, []),
        ("30 people were wounded in a fire at a market", {}, []),
        ("3 children were killed in a fire at a market", {}, []),
        ("another 14 people were killed in a fire at a market", {}, []),
        ("30 people were killed in a fire at a market", {"day": "2020-02-24"}, []),
        ("30 people were killed in a fire at a market", {"place": "Umra"}, []),
        ("30 people were killed in a fire at a hotel", {}, []),
        ("30 people may have been killed in a fire at a market", {}, []),
        ("nobody was killed in a fire at a market", {}, ["denial"]),
    ],
)
def test_figures(tmp_path, words, options, found) -> None:
    assert _find(tmp_path, _toll(TWELVE), _toll(words, "Bo Lund", **options)) == found


def test_a_toll_that_its_own_source_raises_is_news_and_one_that_it_lowers_is_not(tmp_path) -> None:
    later = _toll("20 people were killed in a fire at a market", published="2020-03-04")
    assert _find(tmp_path, _toll(TWELVE), later) == []


def test_a_toll_that_its_own_source_lowers(tmp_path) -> None:
    later = _toll("5 people were killed in a fire at a market", published="2020-03-04")
    with made_store(tmp_path) as store:
        take(store, _toll(TWELVE), later)
        assert [bool(r[0]) for r in store.connection.execute("SELECT is_own FROM disputes")] == [
            True
        ]


def _holds(holder, place="Orsa", *, published="2020-03-05", change=Change.HELD, words="controls"):
    text = f"{holder} said that it {words} {place}."
    return made_reading(
        text,
        (holder, "said", f"that it {words} {place}"),
        names=[(holder, Kind.ORGANIZATION), (place, Kind.PLACE)],
        control=[(f"{words} {place}", place, holder, change)],
        published=published,
        outlet=holder,
    )


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (_holds("Eagle Battalion"), ["incompatible holder"]),
        (_holds("Eagle Battalion", published="2020-03-25"), []),
        (_holds("Eagle Battalion", "Umra"), []),
        (_holds("Eagle Battalion", words="will control"), []),
        (_holds("Red Sash", published="2020-03-06"), []),
    ],
    ids=["two", "weeks later", "other town", "plan", "the same"],
)
def test_holders(tmp_path, second, found) -> None:
    assert _find(tmp_path, _holds("Red Sash"), second) == found


def test_areas_without_a_name_are_not_the_same_area(tmp_path) -> None:
    areas = [_holds(holder, "the villages") for holder in ("Red Sash", "Eagle Battalion")]
    assert _find(tmp_path, *areas) == []


def _did(who, speaker, deed="blew up the bridge", place="Orsa"):
    content = f"that the {who} {deed} at {place} on Monday"
    return made_reading(
        f"{speaker} said {content}.",
        (speaker, "said", content),
        names=[(speaker, Kind.PERSON), (f"the {who}", Kind.ORGANIZATION), (place, Kind.PLACE)],
        times={"Monday": "2020-03-02"},
        published="2020-03-03",
    )


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (_did("government troops", "Bo Lund"), ["incompatible actor"]),
        (_did("rebels", "Bo Lund"), []),
        (_did("government troops", "Bo Lund", place="Umra"), []),
        (_did("government troops", "Bo Lund", deed="blew up the hotel"), []),
        (_did("government troops", "Ann Vale"), []),
    ],
    ids=["two", "the same", "other town", "other thing", "one speaker"],
)
def test_doers(tmp_path, second, found) -> None:
    assert _find(tmp_path, _did("rebels", "Ann Vale"), second) == found


def test_somebody_against_own_earlier_words(tmp_path) -> None:
    def said(words, published):
        return made_reading(
            f"Karl Immer said that {words}.",
            ("Karl Immer", "said", f"that {words}"),
            names=[("Karl Immer", Kind.PERSON), ("Tarsia", Kind.PLACE)],
            published=published,
        )

    with made_store(tmp_path) as store:
        take(
            store,
            said("Norland had sold rifles to Tarsia", "2020-03-02"),
            said("Norland had not sold rifles to Tarsia", "2020-04-20"),
        )
        rows = store.connection.execute("SELECT ground, is_own FROM disputes").fetchall()
        assert [tuple(row) for row in rows] == [("denial", 1)]


@pytest.mark.parametrize(
    ("cause", "shown"),
    [
        ("The state of Valmere was responsible for the fire in Orsa, Ann Vale said.", 1),
        ("Ann Vale said that Valmere had asked for samples of the ash in Orsa.", 0),
        ("Ann Vale told nine Valmerian envoys to leave Orsa.", 0),
    ],
)
def test_a_share_is_denied_in_what_is_laid_at_the_door_of_the_denier(
    tmp_path, cause, shown
) -> None:
    """What others do about it is not what "denies a role" turns down."""
    content = cause.removesuffix(", Ann Vale said.").removeprefix("Ann Vale said that ").strip(".")
    said = [("Ann Vale", "said", content)] if "said" in cause else []
    one = made_reading(
        f"Tarsk expels nine envoys over Orsa; Valmere denies a role. {cause}",
        ("Valmere", "denies", "a role"),
        *said,
        names=[("Valmere", Kind.PLACE), ("Tarsk", Kind.PLACE), ("Ann Vale", Kind.PERSON), *ORSA],
    )
    with made_store(tmp_path) as store:
        take(store, one)
        assert len(disputes(store)) == shown
