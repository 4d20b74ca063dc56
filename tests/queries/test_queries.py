"""Questions to a store made by hand: what comes back, in what order, at which words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import ConfigError, InputError
from onrecord.queries import (
    Filters,
    claim,
    control,
    disputes,
    search,
    stories,
    story,
    timeline,
    who,
)
from onrecord.store import Store, open_store
from tests.queries.made import make_store


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, mode="read") as opened:
        yield opened


def check_words(store: Store, row: dict[str, Any], prefix: str = "") -> None:
    """The words of a row stand where it says."""
    number = store.number_of(row[f"{prefix}document"])
    text = store.document(number).text
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    first, last = row[f"{prefix}words"].split(" … ")[0], row[f"{prefix}words"].split(" … ")[-1]
    assert text[start : start + len(first)] == first
    assert text[end - len(last) : end] == last


def test_statements_are_found_by_their_words(store: Store) -> None:
    found = search(store, "drones boats").to_dicts()
    assert {row["kind"] for row in found} == {"statement"}
    assert "Ann Vale" in {row["speaker"] for row in found}
    for row in found:
        check_words(store, row)


def test_an_article_is_found_where_no_statement_holds_the_words(store: Store) -> None:
    (row,) = search(store, "inspections").to_dicts()
    assert (row["kind"], row["speaker"]) == ("article", None)
    assert "inspections" in row["words"]
    check_words(store, row)


def test_case_and_accents_make_no_difference(store: Store) -> None:
    assert len(search(store, "ODÉSA")) == len(search(store, "odesa")) > 0


def test_unwanted_words_leave_documents_out(store: Store) -> None:
    documents = {row["document"] for row in search(store, "boats")}
    assert len(documents) == 2
    assert len({row["document"] for row in search(store, "boats -warheads")}) == 1


@pytest.mark.parametrize("words", ["", "  ", "-", '"', "OR", "***", "(((", "-only"])
def test_no_word_to_look_for_is_an_error(store: Store, words: str) -> None:
    with pytest.raises(InputError, match="no word to look for"):
        search(store, words)


@pytest.mark.parametrize(
    "words", ["a AND b", 'NEAR("x" y)', "title:x", "((a", "a^b {c}", "' OR 1=1"]
)
def test_signs_of_the_search_engine_are_only_words(store: Store, words: str) -> None:
    search(store, words)


def test_who_has_four_sides(store: Store) -> None:
    rows = who(store, "Northern Front").to_dicts()
    assert {row["relation"] for row in rows} == {"said about", "did"}
    assert who(store, "ann vale", relations=("said",)).to_dicts()[0]["what"] == "admit"
    did = [row for row in rows if row["relation"] == "did"]
    assert did[0]["others"] == ["harbour of Odesa"]
    for row in rows:
        check_words(store, row)


def test_an_actor_is_found_by_code_and_by_a_beginning(store: Store) -> None:
    by_code = who(store, "UKR.REB.PRE").to_dicts()
    assert by_code == who(store, "northern fr").to_dicts() != []


def test_an_unknown_name_is_an_error(store: Store) -> None:
    with pytest.raises(InputError, match=r"nobody in news\.db is called 'Zed'"):
        who(store, "Zed")


@pytest.mark.parametrize("name", ["", " ", '"', "-", "’"])
def test_a_name_without_a_letter_is_an_error(store: Store, name: str) -> None:
    for ask in (who, control):
        with pytest.raises(InputError, match="holds no name to look for"):
            ask(store, name)


def test_a_code_in_small_letters_is_a_code(store: Store) -> None:
    assert who(store, "ukr.reb.pre").rows == who(store, "UKR.REB.PRE").rows


def test_names_that_hold_a_word_are_told(store: Store) -> None:
    with pytest.raises(InputError, match=r"called 'FRONT'; names that hold it: Northern Front$"):
        who(store, "FRONT")


def test_speakers_are_narrowed_in_any_spelling(store: Store) -> None:
    assert (
        search(store, "boats", actor="ÁNN vale").rows
        == search(store, "boats", actor="Ann Vale").rows
        != ()
    )


def test_a_timeline_is_in_order_and_says_on_whose_word(store: Store) -> None:
    rows = timeline(store).to_dicts()
    dates = [row["date"] or row["published"] for row in rows]
    assert dates == sorted(dates)
    assert {row["asserter"] for row in rows} == {None, "Bo Orly", "Ann Vale"}
    assert {row["type"] for row in timeline(store, type="RETREAT")} == {"RETREAT"}
    assert {row["place"] for row in timeline(store, place="Odesa")} == {"Odesa"}
    for row in rows:
        check_words(store, row)


@pytest.mark.parametrize(
    "actor", ["UKR.REB.PRE", "NORTHERN FRONT", "northern fr", "Nørthern Frönt"]
)
def test_a_timeline_of_an_actor_is_asked_by_any_name_or_code(store: Store, actor: str) -> None:
    rows = timeline(store, actor=actor).to_dicts()
    assert rows
    for row in rows:
        assert "Northern Front" in [*row["actors"], *row["recipients"], row["asserter"]]


@pytest.mark.parametrize("place", ["ODESA", "odésa", "odes"])
def test_a_timeline_of_a_place_is_asked_by_any_spelling(store: Store, place: str) -> None:
    assert timeline(store, place=place).rows == timeline(store, place="Odesa").rows != ()


def test_a_timeline_has_those_whose_word_an_event_rests_on(store: Store) -> None:
    rows = timeline(store, actor="ann vale").to_dicts()
    assert "Ann Vale" in {row["asserter"] for row in rows}


def test_control_of_a_place(store: Store) -> None:
    (row,) = control(store, "Upper Wessel").to_dicts()
    assert (row["holder"], row["change"]) == ("Northern Front", "taken")
    assert row["asserter"] == "Bo Orly"
    check_words(store, row)


def test_a_dispute_has_the_words_of_both_sides(store: Store) -> None:
    (row,) = disputes(store).to_dicts()
    assert row["ground"] == "denial"
    assert (row["first_speaker"], row["second_speaker"]) == ("Bo Orly", "He")
    assert (row["first_actor"], row["second_actor"]) == ("Bo Orly", None)
    assert (row["first_stance"], row["second_stance"]) == ("asserts", "denies")
    check_words(store, row, "first_")
    check_words(store, row, "second_")


@pytest.mark.parametrize(
    ("narrow", "n_found"),
    [
        ({"about": "crates"}, 1),
        ({"about": "giraffe"}, 0),
        ({"actor": "Bo Orly"}, 1),
        ({"since": "2022-08"}, 1),
        ({"since": "2022-08-04"}, 0),
        ({"until": "2021"}, 0),
        ({"outlet": "ardal post"}, 1),
        ({"outlet": "Other"}, 0),
        ({"ground": "incompatible figure"}, 0),
        ({"least": 0.6}, 1),
        ({"least": 0.61}, 0),
    ],
)
def test_disputes_are_narrowed(store: Store, narrow: dict[str, Any], n_found: int) -> None:
    assert len(disputes(store, **narrow)) == n_found


def test_a_claim_shows_who_asserts_and_who_denies(store: Store) -> None:
    told, stances, found = claim(store, "claim")
    assert told["words"].startswith("the Front had seized")
    assert [row["stance"] for row in stances] == ["denies", "asserts"]
    assert [row["id"] for row in found] == ["dispute1"]


@pytest.mark.parametrize(("given", "problem"), [("cla", "too short"), ("nothing", "no id")])
def test_an_id_that_names_no_claim_is_an_error(store: Store, given: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        claim(store, given)


def test_stories_are_counted(store: Store) -> None:
    (row,) = stories(store).to_dicts()
    assert (row["n_documents"], row["n_voices"], row["n_disputes"]) == (2, 2, 1)
    told, documents = story(store, "story1")
    assert told == row
    assert len(documents) == 2


def test_a_limit_cuts(store: Store) -> None:
    assert len(timeline(store, limit=2)) == 2


@pytest.mark.parametrize(
    "given",
    [
        {"since": "yesterday"},
        {"until": "2022-8-1"},
        {"since": "2022-13"},
        {"until": "2022-05-32"},
        {"since": "2023", "until": "2022-05"},
        {"since": "2022-06", "until": "2022-05-31"},
        {"type": "ATTACK"},
        {"act": "mutter"},
        {"act": ""},
        {"limit": 0},
        {"limit": 10**9},
    ],
)
def test_a_filter_that_is_none_is_an_error(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Filters(**given)


def test_words_of_a_list_are_taken_in_any_case(store: Store) -> None:
    assert timeline(store, type="assault").rows == timeline(store, type="ASSAULT").rows != ()
    assert Filters(act="Deny").act == "deny"
    assert Filters(since="2022-05-31", until="2022-05").since == "2022-05-31"


def test_answers_are_tables_for_other_programs(store: Store) -> None:
    table = timeline(store)
    pyarrow = pytest.importorskip("pyarrow")
    assert isinstance(table.to_arrow(), pyarrow.Table)
    assert table.to_arrow().num_rows == len(table)
    assert table.to_csv().count("\n") == len(table) + 1


def test_answers_go_to_data_frames(store: Store) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    table = timeline(store)
    assert isinstance(table.to_pandas(), pandas.DataFrame)
    assert list(table.to_pandas().columns) == list(table.columns)
    assert isinstance(table.to_polars(), polars.DataFrame)
    assert table.to_polars().height == len(table)
