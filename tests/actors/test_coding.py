import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.actors.coding import (
    breakaway_sort,
    code_actor,
    country_of,
    demonym_country,
    is_pronoun,
)
from onrecord.actors.knowledge import Sort
from onrecord.records import Kind

PERSON, BODY, PLACE = Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE
DAY = "2022-08-02"


def code(
    name: str,
    kind: Kind = BODY,
    *,
    date: str | None = DAY,
    about: str | None = None,
    told: str | None = None,
    acts: bool = False,
) -> str | None:
    actor = code_actor(
        [name],
        kind=kind,
        date=date,
        descriptions=[told] if told else [],
        acts=acts,
        text_country=about,
    )
    return actor.code if actor else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("US officials", "USA.GOV"),
        ("Ukrainian forces", "UKR.MIL"),
        ("the Kenyan defence ministry", "KEN.GOV"),
        ("Israel's foreign ministry", "ISR.GOV"),
        ("Hong Kong police", "HKG.COP"),
        ("Bavarian police", "DEU.COP"),
        ("the Peruvian Congress", "PER.LEG"),
        ("the Norwegian Supreme Court", "NOR.JUD"),
        ("Ukrainian military intelligence", "UKR.SPY"),
        ("Chinese state media", "CHN.JRN"),
        ("Transnistrian officials", "MDA.GOV.PRE"),
        ("the ministry of defence of Chad", "TCD.GOV"),
        ("Kenyan newspaper the Ardal Herald", "KEN.JRN"),
        ("the main opposition party of Ghana", "GHA.PTY.OPP"),
    ],
)
def test_bodies_have_country_and_sector(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the UN", "IGO.UNO"),
        ("the European Commission", "IGO.EUR"),
        ("NATO", "IGO"),
        ("WHO", "IGO.UNO"),
        ("Médecins Sans Frontières", "NGO"),
        ("Donetsk People's Republic", "UKR.REB.PRE"),
        ("the Guardian", "GBR.JRN"),
        ("Hezbollah", "LBN.REB"),
        ("al-Shabaab", "SOM.REB"),
        ("the Wagner Group", "RUS.PRM"),
        ("Islamic State", "NGO.REB"),
        ("Congress", "USA.LEG"),
    ],
)
def test_known_bodies_have_their_codes(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pentagon spokesman Tom Bellow", "USA.GOV"),
        ("Hamas officials", "PSE.REB"),
        ("Hamas supporters", "PSE.CVL"),
        ("Republican senator Jon Ardal", "USA.LEG"),
        ("BBC journalist Ann Holt", "GBR.JRN"),
        ("UN envoy Ann Holt", "IGO.UNO"),
        ("residents of Kherson", "UKR.CVL"),
        ("Syrian refugees in Lebanon", "SYR.REF"),
        ("the president of Kenya", "KEN.GOV"),
        ("the Kremlin critic", None),
        ("Russian missiles", None),
        ("the Biden administration", "USA.GOV"),
    ],
)
def test_persons_are_of_their_body_unless_they_stand_outside(
    name: str, expected: str | None
) -> None:
    assert code(name, PERSON) == expected


@pytest.mark.parametrize("name", ["Moscow", "Kyiv", "Kiev", "Washington", "the White House"])
def test_a_capital_or_seat_is_a_place_until_it_acts(name: str) -> None:
    assert code(name, PLACE) is None
    assert code(name, PLACE, acts=True) is not None


def test_a_capital_is_the_state_and_a_seat_its_government() -> None:
    assert code("Moscow", PLACE, acts=True) == "RUS"
    assert code("the Kremlin", Kind.FACILITY, acts=True) == "RUS.GOV"
    assert code("the Pentagon", BODY) == "USA.GOV"


def test_a_place_keeps_its_country() -> None:
    actor = code_actor(["eastern Ukraine"], kind=PLACE, date=DAY)
    assert actor is not None
    assert (actor.code, actor.country) == (None, "UKR")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2008-01-01", "USA.LEG"),
        ("2015-03-01", "USA.GOV"),
        ("2022-08-02", "USA.ELI"),
        ("2022", "USA.ELI"),
    ],
)
def test_a_holder_of_office_is_former_after_the_term(date: str, expected: str) -> None:
    assert code("Barack Obama", PERSON, date=date) == expected


def test_before_a_term_only_the_country_is_known() -> None:
    actor = code_actor(["Sergei Shoigu"], kind=PERSON, date="2011-01-01")
    assert actor is not None
    assert (actor.code, actor.country) == (None, "RUS")


def test_without_a_date_a_role_in_the_text_decides() -> None:
    assert code("Sergei Shoigu", PERSON, date=None) is None
    assert code("Russian Defence Minister Sergei Shoigu", PERSON, date=None) == "RUS.GOV"


def test_what_the_text_calls_former_is_former() -> None:
    assert code("former US president Donald Trump", PERSON, date=None) == "USA.ELI"
    assert code("ex-minister Ion Vale", PERSON, about="ROU") == "ROU.ELI"


def test_an_article_before_an_arabic_name_takes_no_capital() -> None:
    assert code("ousted president Omar al-Bashir", PERSON) == "SDN.ELI"
    assert code("al-Jazeera") == "QAT.JRN"


def test_a_person_may_bear_the_name_of_a_country() -> None:
    assert code("Chad Vale", PERSON) is None
    assert code("President Chad Vale", PERSON) is None
    assert code("Jordan", PERSON) is None


def test_an_envoy_is_of_the_state_that_sent_him() -> None:
    assert code("Kenya's UN ambassador", PERSON) == "KEN.GOV"


def test_initials_of_several_bodies_need_the_country_of_the_text() -> None:
    assert code("RSF", about="SDN", date="2023-08-02") == "SDN.REB"
    assert code("RSF") is None


def test_relatives_and_namesakes_are_somebody_else() -> None:
    assert code("Arda Putin", PERSON) is None
    assert code("Joe Biden Jr", PERSON) is None
    assert code("Joe Biden", PERSON, told="a Canadian farmer") == "CAN.AGR"


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2005-01-01", "GBR.PTY"), (DAY, "GBR.PTY.OPP"), ("2025-01-01", "GBR.PTY"), (None, "GBR.PTY")],
)
def test_a_party_is_in_opposition_by_date(date: str | None, expected: str) -> None:
    assert code("Labour", date=date) == expected


@pytest.mark.parametrize(
    ("name", "kind", "about", "expected"),
    [
        ("police", BODY, "FRA", "FRA.COP"),
        ("police", BODY, None, None),
        ("the government", BODY, "KEN", "KEN.GOV"),
        ("protesters", PERSON, "IRN", "IRN.CVL"),
        ("rebel commander", PERSON, "COD", "COD.REB"),
        ("gunmen", PERSON, None, "UNK"),
        ("gunmen", PERSON, "NGA", "NGA.UAF"),
        ("a human rights group", BODY, None, "NGO"),
        ("the Ardal Herald", BODY, "GBR", None),
        ("pro-Russian separatists", PERSON, "MDA", "MDA.REB"),
    ],
)
def test_the_country_of_the_text_helps_where_none_is_named(
    name: str, kind: Kind, about: str | None, expected: str | None
) -> None:
    assert code(name, kind, about=about) == expected


def test_a_private_person_has_only_what_the_text_tells() -> None:
    assert code("Jane Vale", PERSON) is None
    assert code("Jane Vale", PERSON, told="a Canadian nurse") == "CAN.MED"
    assert code("Jane Vale", PERSON, told="a Canadian") == "CAN"


def test_peoples_are_civilians_and_ethnic_groups_of_no_country() -> None:
    assert code("Iranians", PERSON) == "IRN.CVL"
    assert code("the Russians", Kind.NATIONALITY, acts=True) == "RUS"
    assert code("ethnic Albanians", PERSON) is None


def test_dependencies_act_as_their_state() -> None:
    actor = code_actor(["Puerto Rico"], kind=PLACE, date=DAY, acts=True)
    assert actor is not None
    assert (actor.code, actor.country) == ("USA", "PRI")


@pytest.mark.parametrize("kind", [Kind.WEAPON, Kind.INSTRUMENT, Kind.EVENT])
def test_things_are_no_actors(kind: Kind) -> None:
    assert code("Russian army", kind) is None


def test_lower_case_words_are_no_names() -> None:
    assert code("us", PERSON) is None
    assert code("who", BODY) is None
    assert code("labour", BODY) is None
    assert code("apple", BODY) is None


def test_an_actor_says_where_its_code_comes_from() -> None:
    actor = code_actor(["Ban Ki-moon"], kind=PERSON, date="2010-01-01")
    assert actor is not None
    assert actor.why == "offices: Ban Ki-moon, secretary-general"


@pytest.mark.parametrize(
    ("word", "country"),
    [("Ukrainians", "UKR"), ("Dutch", "NLD"), ("Danes", "DNK"), ("North Korean", "PRK")],
)
def test_nationalities_have_countries(word: str, country: str) -> None:
    assert demonym_country(word) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [("Kiev", "UKR"), ("the UK", "GBR"), ("Côte d'Ivoire", "CIV"), ("Burma", "MMR")],
)
def test_names_have_countries(name: str, country: str) -> None:
    assert country_of(name) == country


@pytest.mark.parametrize("name", ["Abkhazia", "Transnistria", "Nagorno-Karabakh", "Somaliland"])
def test_breakaway_entities_are_not_the_state_that_claims_them(name: str) -> None:
    assert country_of(name) is None
    assert breakaway_sort(name) is Sort.COUNTRY


def test_what_several_places_are_called_has_no_country() -> None:
    assert country_of("Santiago") is None
    assert demonym_country("blue") is None


def test_pronouns_are_no_names_but_capitals_are() -> None:
    assert is_pronoun("They")
    assert not is_pronoun("IT ministry")


@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(Kind), st.booleans())
def test_any_words_have_an_answer(names: list[str], kind: Kind, acts: bool) -> None:
    actor = code_actor(names, kind=kind, date="not a date", acts=acts, text_country="XYZ")
    assert actor is None or actor.code or actor.country


@pytest.mark.parametrize("piece", ["a", "United ", "Russian minister of ", "'s ", "-"])
def test_a_name_without_end_takes_no_longer(piece: str) -> None:
    started = time.process_time()
    code_actor([piece * 200_000], kind=PERSON, date=DAY)
    assert time.process_time() - started < 1
