"""Labels of speakers, by their form."""

import pytest

from onrecord.segment.speaker_labels import (
    LabelForm,
    Part,
    abbreviates,
    label_at,
    label_words,
    same_speakers,
)


@pytest.mark.parametrize(
    ("line", "words", "mark", "rest"),
    [
        ("MARA VELT: We wait.", "MARA VELT", ":", "We wait."),
        ("Velt: We wait.", "Velt", ":", "We wait."),
        ("Q: Why?", "Q", ":", "Why?"),
        ("Q. Why?", "Q", ".", "Why?"),
        ("Q2: Why?", "Q", ":", "Why?"),
        ("**Question 3:** Why?", "Question", ":", "Why?"),
        ("The Orvik Herald: Why?", "Orvik Herald", ":", "Why?"),
        ("Sen. Mara Velt (Orvia): We wait.", "Mara Velt", ":", "We wait."),
        ("Mara Velt, mayor: We wait.", "Mara Velt", ":", "We wait."),
        ("Tom van der Lind: We wait.", "Tom van der Lind", ":", "We wait."),
        ("Audience member: Why?", "Audience member", ":", "Why?"),
        ("((Velt))  We wait.", "Velt", "))", "We wait."),
        ("((Velt)): We wait.", "Velt", "))", "We wait."),
        ("Mara Velt — We wait.", "Mara Velt", "—", "We wait."),
        ("Velt: “We wait.”", "Velt", ":", "“We wait.”"),
        ("Velt:", "Velt", ":", ""),
        ("Élodie Marsk: We wait.", "Élodie Marsk", ":", "We wait."),
    ],
)
def test_labels(line: str, words: str, mark: str, rest: str) -> None:
    label = label_at(line, 0, len(line))
    assert label is not None
    assert " ".join(label.words) == words
    assert label.mark.text_in(line) == mark
    assert line[label.end :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "Velt said: We wait.",
        "10:15 Velt: We wait.",
        "Luke 2:1 In those days",
        "It was cold: the lock froze.",
        "Photo: Mara Velt",
        "Dear Ann: We wait.",
        "Key points: we wait",
        "ARDAL, Orvia — The lock froze.",
        "“Velt: We wait.”",
        "http://ardal.example/lock",
        "Velt:we wait",
        "A Very Long Name That Nobody Ever Had: We wait.",
        "",
    ],
)
def test_no_labels(line: str) -> None:
    assert label_at(line, 0, len(line)) is None


def test_parts() -> None:
    parts = {}
    for line in ("Q: Why?", "The Witness: I fell.", "THE CHAIR: Go on.", "Velt: I fell."):
        label = label_at(line, 0, len(line))
        assert label is not None
        assert label.form is LabelForm.COLON
        parts[line[0]] = label.part
    assert parts == {"Q": Part.ASKS, "T": Part.OTHER, "V": None}
    assert label_words("Witness") == ("Witness",)


def test_short_labels_belong_to_full_ones() -> None:
    names = [("Mara", "Velt"), ("VELT",), ("MV",), ("Lind",), ("Tom", "Senn"), ("Ida", "Senn")]
    found = same_speakers([*names, ("Senn",)])
    velt = ("mara", "velt")
    assert [found[("velt",)], found[("mv",)], found[velt]] == [velt] * 3
    # Nobody, or one of two.
    assert found[("lind",)] == ("lind",)
    assert found[("senn",)] == ("senn",)


def test_capitals_stand_for_names() -> None:
    assert abbreviates("O.H.", ["Orvik", "Herald"])
    assert not abbreviates("OH", ["Herald", "Orvik"])
    assert not abbreviates("Oh", ["Orvik", "Herald"])
    assert not abbreviates("V", ["Velt"])
