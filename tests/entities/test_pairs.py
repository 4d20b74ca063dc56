"""What two mentions tell about each other."""

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.types import TYPES
from onrecord.entities.clauses import DEPTH, OBJECT, SUBJECT, Clauses, no_clauses
from onrecord.entities.forms import FORMS, Traits, traits_of
from onrecord.entities.pairs import N_PLAIN, N_TYPES, SIZES, Mentions, pair_features

N_FORMS = len(FORMS)
FORM, TYPE, AGREEMENT, STRINGS, PLACES, DISTANCE, NESTING = range(N_PLAIN)
ROLES, STANDING, RANK, REPEATS = range(N_PLAIN, len(SIZES))
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


def test_layers_without_trees_ask_for_fewer_features() -> None:
    m, own, other = made("Ann Vale", "she"), np.array([1]), np.array([0])
    plain = pair_features(m, own, other, n_features=N_PLAIN)
    assert plain.tolist() == pair_features(m, own, other)[:, :N_PLAIN].tolist()


def told(m: Mentions, **columns: list[int]) -> Mentions:
    """The mentions with what their trees tell, where it is given."""
    nothing = no_clauses(len(m.start_M))
    known = {name: np.array(values) for name, values in columns.items()}
    return dataclasses.replace(m, clauses=dataclasses.replace(nothing, **known))


def test_without_trees_all_roles_are_unknown() -> None:
    m = made("Ann Vale", "Tom Orr", "she")
    rows = [features(m, 2, 0), features(m, 2, 1)]
    assert rows[0][ROLES] == rows[1][ROLES] == 0


def test_roles_tell_clauses_apart() -> None:
    def row(clauses: list[int], around: list[int], sentences: list[int]) -> int:
        m = made("Ann Vale", "she", sentences=sentences)
        around_MD = [[a, -1, -1, -1] for a in around]
        return features(told(m, role_M=[SUBJECT, OBJECT], clause_M=clauses, around_MD=around_MD))[
            ROLES
        ]

    same, inside = row([3, 3], [-1, -1], [0, 0]), row([3, 5], [-1, 3], [0, 0])
    around, beside = row([3, 5], [5, -1], [0, 0]), row([3, 5], [-1, -1], [0, 0])
    before, far = row([3, 9], [-1, -1], [0, 1]), row([3, 9], [-1, -1], [0, 4])
    assert len({same, inside, around, beside, before, far}) == 6


def test_roles_are_in_the_order_of_the_pair() -> None:
    m = made("Ann Vale", "she")
    one = features(told(m, role_M=[SUBJECT, OBJECT], clause_M=[0, 0]))[ROLES]
    other = features(told(m, role_M=[OBJECT, SUBJECT], clause_M=[0, 0]))[ROLES]
    assert one != other


def test_main_subjects_stand_out() -> None:
    m = made("Ann Vale", "Tom Orr", "she")
    around = [[-1] * 4, [0, -1, -1, -1], [-1] * 4]
    clauses = told(m, role_M=[SUBJECT, SUBJECT, OBJECT], clause_M=[0, 4, 0], around_MD=around)
    rows = [features(clauses, 2, 0), features(clauses, 2, 1), features(m, 2, 1)]
    assert len({row[STANDING] for row in rows}) == 3


def test_ranks_count_what_would_do_between() -> None:
    m = made("Ann Vale", "Ida Orr", "the council", "Eve Holt", "she")
    m.type_M[2] = 1
    own = np.array([4, 4, 4, 4])
    rows = pair_features(m, own, np.array([0, 1, 2, 3]))[:, RANK].tolist()
    assert rows[0] > rows[1] > rows[3]
    assert rows[2] == rows[1]


def test_a_name_that_comes_twice_counts_once_between() -> None:
    def rank(*words: str) -> int:
        m = made(*words, "she")
        n = len(words)
        return int(pair_features(m, np.full(n, n), np.arange(n))[0, RANK])

    assert rank("Eve Holt", "Ida Orr", "Orr") == rank("Eve Holt", "Ida Orr")
    assert rank("Eve Holt", "Ida Orr", "Ann Vale") > rank("Eve Holt", "Ida Orr")


def test_ranks_of_what_comes_later_count_what_comes_sooner() -> None:
    m = made("she", "Ann Vale", "Ida Orr")
    near, far = pair_features(m, np.array([0, 0]), np.array([1, 2]))[:, RANK].tolist()
    assert near < far


def test_repeats_count_names_before() -> None:
    m = made("Ann Vale", "Ida Orr", "Vale", "she", "Vale", sentences=[0, 1, 1, 2, 2])
    rows = pair_features(m, np.array([3, 3, 3]), np.array([0, 1, 2]))[:, REPEATS].tolist()
    assert rows[0] == rows[2] != rows[1]


def test_what_stands_later_is_told_from_what_stands_before() -> None:
    m = made("Ann Vale", "she", "Ida Orr", "Eve Holt", sentences=[0, 0, 0, 1])
    own, other = np.array([1, 1, 1]), np.array([0, 2, 3])
    assert len(set(pair_features(m, own, other)[:, NESTING].tolist())) == 3


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
    numbers = st.lists(st.integers(-1, 9), min_size=n, max_size=n)
    around = st.lists(st.integers(-1, 9), min_size=DEPTH, max_size=DEPTH)
    types, quoted = np.array(draw(small)), np.array(draw(small)) % 2
    return Mentions(
        start_M=np.array(starts),
        end_M=np.array(starts) + np.array(lengths),
        type_M=types,
        sentence_M=np.array(sentences),
        quoted_M=quoted,
        traits=traits_of(words),
        clauses=Clauses(
            role_M=np.array(draw(st.lists(st.integers(0, 8), min_size=n, max_size=n))),
            party_M=np.full(n, -1),
            clause_M=np.array(draw(numbers)),
            around_MD=np.array(draw(st.lists(around, min_size=n, max_size=n))),
            is_whole_M=np.zeros(n, dtype=bool),
            wills_M=np.zeros(n, dtype=bool),
        ),
    )


@given(any_mentions())
def test_any_pair_is_in_range_of_the_tables(m: Mentions) -> None:
    own, other = np.nonzero(~np.eye(len(m.start_M), dtype=bool))
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
        group_M=at * 0,
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
