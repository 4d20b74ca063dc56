"""To whom and through what: found in the words of the cue and behind it."""

import pytest

from onrecord.statements.listeners import find_listeners, find_object, is_medium

# Words from the cue to the content; the addressee in {…}, the medium in <…>.
CASES = """
told {reporters}
told {top generals} on Friday
told {the council} that
told {the mayor of Ardal}
told {her son} in a letter
told <the Ardal Herald>
told <the Ardal Herald> newspaper
told <the newspaper>
told <Channel 9>
told {Herald reporters}
told {a news conference}
informed {the parliament} that
warned {residents} that
assured {investors}:
asked {the court} whether
urged {the army} to leave
called on {the mayor} to resign
calls upon {all sides} to stop
appealed to {the council} for help
pleaded with {the guards} to stop
admitted to <the Ardal Herald> that
admitted to {a friend} that
confessed to {the police} that
said to {the crowd}
said in an interview with <the Ardal Herald>
said in a statement to {the court}
said in a letter to {the president}
wrote to {the bank}
wrote on <Twitter>
wrote on <her Facebook page> on Friday
said on <state television>
said via <Telegram>
said in <the Ardal Post>
told {reporters} on <state television>
speaking to {students}
spoke to be heard
said it
told it
told that
said
said on Friday
said over lunch
said to do so
told, as ever,
told: “
""".strip().splitlines()


def parse(marked: str) -> tuple[str, str | None, str | None]:
    plain = "".join(c for c in marked if c not in "{}<>")

    def between(opener: str, closer: str) -> str | None:
        start, end = marked.find(opener), marked.find(closer)
        return None if start < 0 else marked[start + 1 : end]

    return plain, between("{", "}"), between("<", ">")


@pytest.mark.parametrize("marked", CASES)
def test_listeners_behind_a_cue(marked: str) -> None:
    words, addressee, medium = parse(marked)
    found = find_listeners(words)
    texts = [None if at is None else words[slice(*at)] for at in (found.addressee, found.medium)]
    if medium is not None and texts[1] is not None and "newspaper" in words:
        assert texts[1].startswith(medium)
        return
    assert texts == [addressee, medium]


@pytest.mark.parametrize(
    "words",
    """the Ardal Herald|The Herald|a newspaper|Channel 9|state television|BBC|Twitter|X|her blog
    the Kestrel news agency|Al-Jazeera|his Facebook page|the Ardal Times' website|Truth Social"""
    .replace("\n", "|").split("|"),
)  # fmt: skip
def test_what_carries_news(words: str) -> None:
    assert is_medium(words.strip())


@pytest.mark.parametrize(
    "words",
    """reporters|the council|a friend|Herald reporters|the Herald's editor|a press conference
    journalists from the Post|Ms Chen||the times of trouble she saw were hard readers""".replace(
        "\n", "|"
    ).split("|"),
)
def test_what_carries_no_news(words: str) -> None:
    assert not is_medium(words.strip())


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("urged", "the council to wait", "the council"),
        ("told", "residents not to wait", "residents"),
        ("asked", "Ms Chen to leave", "Ms Chen"),
        ("ordered", "the 3rd brigade to leave", "the 3rd brigade"),
        ("called on", "the mayor to resign", "the mayor"),
        # No object, or none of a person.
        ("urged", "that they wait", None),
        ("said", "the council to wait", None),
        ("wanted", "the council to wait", None),
        ("told", "it to wait", None),
        ("told", "the Ardal Herald to wait", None),
        ("urged", "", None),
        ("urged", "to wait", None),
        ("urged", "calm, and the council to wait", None),
    ],
)
def test_the_listener_at_the_start_of_a_content(
    cue: str, content: str, expected: str | None
) -> None:
    found = find_object(cue, content)
    assert (None if found is None else content[slice(*found)]) == expected


@pytest.mark.parametrize("words", ["told " + "a" * 200, "told " + "very " * 50 + "old men", ""])
def test_odd_words_name_nobody(words: str) -> None:
    found = find_listeners(words)
    assert (found.addressee, found.medium) == (None, None)


def test_a_medium_ends_before_the_next_verb() -> None:
    words = "put a note on Telegram accusing"
    found = find_listeners(words)
    assert found.medium is not None
    assert words[slice(*found.medium)] == "Telegram"


def test_who_promised_not_to_do_it_told_nobody() -> None:
    assert find_listeners("had promised not to").addressee is None
