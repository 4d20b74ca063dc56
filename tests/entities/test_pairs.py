"""What two mentions tell about each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.types import TYPES
from onrecord.entities.forms import FORMS, Traits, traits_of
from onrecord.entities.pairs import N_TYPES, SIZES, Mentions, pair_features

N_FORMS = len(FORMS)
FORM, TYPE, AGREEMENT, STRINGS, PLACES, DISTANCE, NESTING = range(len(SIZES))
SAME, HEAD, IN_OTHER, IN_OWN, INITIALS = 1, 2, 4, 8, 16


def made(
    *words: str, spans: list[tuple[int, int]] | None = None, sentences: list[int] | None = None
) -> Mentions:
    n = len(words)
    at = spans or [(20 * i, 20 * i + 10) for i in range(n)]
    return Mentions(
        start_M=np.array([s for s, _ in at], dtype=np.int64),
        end_M=np.array([e for _, e in at], dtype=np.int64),
        type_M=np.zeros(n, dtype=np.int64),
        sentence_M=np.array(sentences or [0] * n, dtype=np.int64),
        quoted_M=np.zeros(n, dtype=np.int64),
        traits=traits_of(words),
    )


def features(m: Mentions, own: int = 1, other: int = 0) -> list[int]:
    row: list[int] = pair_features(m, np.array([own]), np.array([other]))[0].tolist()
    return row


def strings(own: str, other: str) -> int:
    return features(made(other, own))[STRINGS]


def test_there_are_as_many_types_as_the_encoder_tells() -> None:
    assert len(TYPES) == N_TYPES


def test_forms_and_types_are_in_the_order_later_earlier() -> None:
    m = made("Ann Vale", "she")
    m.type_M[:] = 3, 5
    row = features(m)
    assert row[FORM] == m.traits.form_M[1] * N_FORMS + m.traits.form_M[0]
    assert row[TYPE] == 5 * N_TYPES + 3


def test_agreement_tells_genders_and_numbers() -> None:
    he_he, he_she = features(made("he", "him")), features(made("he", "she"))
    they_he = features(made("he", "they"))
    assert len({row[AGREEMENT] for row in (he_he, he_she, they_he)}) == 3


def test_strings_tell_what_is_shared() -> None:
    assert strings("Ann Vale", "Ann Vale") == SAME | HEAD | IN_OTHER | IN_OWN
    assert strings("Vale", "Ann Vale") == HEAD | IN_OTHER
    assert strings("Ann Vale", "Vale") == HEAD | IN_OWN
    assert strings("the mayor", "a mayor") & (SAME | HEAD) == SAME | HEAD
    assert strings("NARA", "North Ardal Rowing Association") == INITIALS
    assert strings("Tom Orr", "Ann Vale") == 0


def test_equal_pronouns_share_their_words_but_no_head() -> None:
    assert strings("she", "she") == SAME
    assert strings("she", "he") == 0


def test_places_tell_sentences_apart_and_quotation_marks() -> None:
    words = ("Ann", "she", "her")
    near, far = (features(made(*words, sentences=[0, n, n]))[PLACES] for n in (0, 9))
    assert near < far
    m = made(*words)
    m.quoted_M[1] = 1
    assert features(m)[PLACES] == near + 2
    m.quoted_M[:2] = 0, 0
    m.quoted_M[0] = 1
    assert features(m)[PLACES] == near + 1


def test_places_far_away_are_all_alike() -> None:
    rows = [features(made("Ann", "she", sentences=[0, n]))[PLACES] for n in (16, 100, 10**6)]
    assert len(set(rows)) == 1


def test_nested_mentions_are_told_from_neighbours() -> None:
    words = ("the mayor of Ardal", "Ardal")
    inside = features(made(*words, spans=[(0, 18), (13, 18)]))[NESTING]
    touching = features(made(*words, spans=[(0, 18), (18, 23)]))[NESTING]
    next_word = features(made(*words, spans=[(0, 18), (19, 24)]))[NESTING]
    far = features(made(*words, spans=[(0, 18), (90, 95)]))[NESTING]
    assert len({inside, touching, next_word, far}) == 4


def test_no_pairs_have_no_features() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert pair_features(made("Ann"), none, none).shape == (0, len(SIZES))


WORDS = st.sampled_from(
    ["she", "I", "who", "there", "Ann Vale", "Vale", "the mayor", "NARA", "US", "", "—", "10,000"]
)


@st.composite
def any_mentions(draw: st.DrawFn) -> Mentions:
    words = draw(st.lists(st.one_of(WORDS, st.text(max_size=12)), min_size=2, max_size=40))
    n = len(words)
    starts = draw(st.lists(st.integers(0, 10**7), min_size=n, max_size=n))
    lengths = draw(st.lists(st.integers(1, 10**5), min_size=n, max_size=n))
    sentences = draw(st.lists(st.integers(0, 10**5), min_size=n, max_size=n))
    small = st.lists(st.integers(0, N_TYPES - 1), min_size=n, max_size=n)
    types, quoted = np.array(draw(small)), np.array(draw(small)) % 2
    return Mentions(
        start_M=np.array(starts),
        end_M=np.array(starts) + np.array(lengths),
        type_M=types,
        sentence_M=np.array(sentences),
        quoted_M=quoted,
        traits=traits_of(words),
    )


@given(any_mentions())
def test_any_pair_is_in_range_of_the_tables(m: Mentions) -> None:
    own, other = np.tril_indices(len(m.start_M), -1)
    rows = pair_features(m, own, other)
    assert rows.shape == (len(own), len(SIZES))
    assert (rows >= 0).all()
    assert (rows < np.array(SIZES)).all()


def test_all_traits_are_in_range_of_the_tables() -> None:
    """Each form with each other, each gender and number."""
    n = N_FORMS * 9
    at = np.arange(n)
    traits = Traits(
        form_M=at // 9,
        gender_M=at % 3,
        number_M=at // 3 % 3,
        whole_M=at,
        head_M=at,
        initials_M=at,
        acronym_M=at,
        heads_M=np.array(["head"] * n, dtype=np.object_),
        words_M=np.zeros(n, dtype=np.uint64),
    )
    m = Mentions(
        start_M=at * 2,
        end_M=at * 2 + 1,
        type_M=at % N_TYPES,
        sentence_M=at,
        quoted_M=at % 2,
        traits=traits,
    )
    own, other = np.tril_indices(n, -1)
    rows = pair_features(m, own, other)
    assert (rows < np.array(SIZES)).all()
    assert (rows >= 0).all()
