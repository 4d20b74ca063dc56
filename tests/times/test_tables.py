"""The shape of the tables of words and rules."""

import re

from onrecord.times.calendars import holiday
from onrecord.times.finding import MAKERS
from onrecord.times.rules import rule_book
from onrecord.times.tokens import read_tokens, rules_table, vocabulary


def test_every_rule_has_a_name_a_core_a_pattern_and_a_maker() -> None:
    rules = rules_table()["rules"]
    assert len({rule["name"] for rule in rules}) == len(rules)
    for rule in rules:
        assert set(rule) == {"name", "core", "pattern", "maker"}
        assert rule["maker"] in MAKERS
        assert set(rule["core"].split()) <= set(vocabulary().classes)


def test_every_maker_has_a_rule() -> None:
    assert {rule["maker"] for rule in rules_table()["rules"]} == set(MAKERS)


def test_every_part_is_used() -> None:
    patterns = " ".join(
        [*(rule["pattern"] for rule in rules_table()["rules"]), *rules_table()["parts"].values()]
    )
    for name in rules_table()["parts"]:
        assert re.search(rf"<{name}>", patterns), name


def test_no_rule_matches_nothing() -> None:
    for rules in rule_book().by_core.values():
        for rule in rules:
            assert rule.pattern.match("") is None, rule.name


def test_classes_have_characters_of_their_own() -> None:
    characters = set(vocabulary().words.values()) | set(vocabulary().numbers.values())
    assert all(len(character) == 1 for character in characters)
    assert len(characters) < 500


def test_values_are_of_known_words() -> None:
    known = {word.lower() for word in vocabulary().words}
    for name in ("months", "seasons", "parts", "sets"):
        assert set(vocabulary().values[name]) <= known | {"half"}, name


def test_every_holiday_has_a_day() -> None:
    for name, rule in vocabulary().holidays.items():
        assert holiday(2022, rule) is not None, name


def test_tokens_cover_all_but_white_space() -> None:
    text = "On May_5, at 6:40 p.m. “1990s” ½ é\u200b٣\n2021-05-05T18:00Z 7/8/07 o'clock"
    line = read_tokens(text)
    inside = {at for s, e in zip(line.starts, line.ends, strict=True) for at in range(s, e)}
    assert all(text[at].isspace() for at in set(range(len(text))) - inside)
