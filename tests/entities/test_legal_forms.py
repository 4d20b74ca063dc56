"""Names of companies with the legal form behind them."""

import pytest

from onrecord.entities.legal_forms import with_legal_forms
from onrecord.entities.names import NAME_KINDS
from tests.entities.made_mentions import found_mentions, parse


def names_in(line: str) -> list[tuple[str, str, bool]]:
    """Words, kind and whether it is a phrase, of all mentions but those that name nothing."""
    parsed = parse(line)
    text = parsed.text
    found = with_legal_forms(text, found_mentions(text, parsed.mentions))
    rows = zip(
        found.start_M.tolist(),
        found.end_M.tolist(),
        found.kind_M.tolist(),
        found.phrase_M.tolist(),
        strict=True,
    )
    return [(text[s:e], NAME_KINDS[kind].value, whole) for s, e, kind, whole in rows if kind >= 0]


@pytest.mark.parametrize(
    ("line", "name", "is_phrase"),
    [
        ("[organization! Ardal Mining] Corp. said so.", "Ardal Mining Corp.", True),
        ("[organization! Ardal Mining], Inc. of Oslo", "Ardal Mining, Inc.", True),
        ("[person? Holt] Bros. & Sons", "Holt Bros.", False),
        ("[organization! Vale] Pty Ltd has closed.", "Vale Pty Ltd", True),
        ("[organization! Vale] & Co. has closed.", "Vale", True),
        ("[organization! Vale] PLC's board", "Vale PLC", True),
        # What has the words already is the name.
        ("[organization [organization? Ardal Mining] Corp.] said so.", "Ardal Mining Corp.", True),
        # Other words that begin alike are none.
        ("[organization! Vale] Incas", "Vale", True),
        ("[organization! Vale] Co-op", "Vale", True),
        ("[organization! Vale]. Limited stocks", "Vale", True),
    ],
)
def test_a_company_has_its_legal_form(line: str, name: str, is_phrase: bool) -> None:
    assert names_in(line) == [(name, "organization", is_phrase)]


def test_places_have_none() -> None:
    assert names_in("[place! Ardal] Corp.") == [("Ardal", "place", True)]
