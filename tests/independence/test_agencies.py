"""Credits to agencies at the start, the end and in the field of the author; and what is none."""

import pytest

from onrecord.independence.agencies import credits_of
from onrecord.records import make_document

BODY = "The lower gate of the dam has been shut since Monday, the water board said."


@pytest.mark.parametrize(
    ("text", "agency", "where"),
    [
        (f"ARDAL (Reuters) - {BODY}", "Reuters", "start"),
        (f"ARDAL, Upper Wessel, May 3 (AP) — {BODY}", "Associated Press", "start"),
        (f"(AFP) {BODY}", "Agence France-Presse", "start"),
        (f"Reuters\n\n{BODY}", "Reuters", "start"),
        (f"By Ann Vale, Associated Press\n{BODY}", "Associated Press", "start"),
        (f"{BODY}\n\n— AP", "Associated Press", "end"),
        (f"{BODY} – Reuters", "Reuters", "end"),
        (f"{BODY} (Reuters)", "Reuters", "end"),
        (f"{BODY}\n\nAgence France-Presse", "Agence France-Presse", "end"),
        (f"{BODY}\n\nSource: dpa", "dpa", "end"),
        (f"{BODY}\n\nWire services", "wire services", "end"),
    ],
)
def test_credits(text: str, agency: str, where: str) -> None:
    (credit,) = credits_of(make_document(text=text))
    assert (credit.agency, credit.where, credit.is_part) == (agency, where, False)
    assert credit.span is not None
    assert credit.span.text_in(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\nReuters contributed to this report.",
        f"{BODY}\n\nWith reporting by Reuters",
        f"{BODY} Additional reporting from Reuters.",
    ],
)
def test_a_part_is_told_apart(text: str) -> None:
    (credit,) = credits_of(make_document(text=text))
    assert (credit.agency, credit.is_part) == ("Reuters", True)


@pytest.mark.parametrize(
    ("author", "agencies"),
    [
        ("Reuters", ["Reuters"]),
        ("By Ann Vale, AP", ["Associated Press"]),
        ("Reuters Staff", ["Reuters"]),
        ("AFP and dpa", ["Agence France-Presse", "dpa"]),
        ("Ann Vale", []),
        ("Staff and agencies", ["wire services"]),
        (None, []),
    ],
)
def test_authors(author: str | None, agencies: list[str]) -> None:
    found = credits_of(make_document(text=BODY, author=author))
    assert [credit.agency for credit in found] == agencies
    assert all(credit.span is None for credit in found)


def test_an_own_name_goes_before_wire_services() -> None:
    text = f"{BODY}\n\nReuters, agencies"
    assert [credit.agency for credit in credits_of(make_document(text=text))] == [
        "Reuters",
        "wire services",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} An official told Reuters that the crack was old. {BODY} {BODY}",
        f"The Action Party (AP) wants the gate open. {BODY}",
        f"{BODY} She read it in a report from the Tarn Courier.",
        BODY,
        "",
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert credits_of(make_document(text=text)) == ()


def test_long_texts_cost_no_more() -> None:
    import time

    text = "(a - by with from " * 20_000
    start = time.process_time()
    credits_of(make_document(text=text))
    assert time.process_time() - start < 0.5
