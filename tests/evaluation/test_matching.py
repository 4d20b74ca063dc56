import itertools

from hypothesis import given
from hypothesis import strategies as st

from evaluation.matching import pair_best_first, pair_in_order

WORTHS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.6, 0.8, 1.0]), max_size=12
)


def most(worths) -> int:
    """How many pairs there can be, by trying all of them."""
    gold = sorted({i for i, _ in worths})
    options = [[None, *(j for i, j in worths if i == own)] for own in gold]
    chosen = ([j for j in choice if j is not None] for choice in itertools.product(*options))
    return max((len(c) for c in chosen if len(set(c)) == len(c)), default=0)


def test_a_row_gives_up_its_partner_so_that_another_finds_one() -> None:
    worths = {(0, 0): 1.0, (0, 1): 0.6, (1, 0): 0.8}
    assert pair_in_order(worths) == {0: 1, 1: 0}
    assert pair_best_first(worths) == {0: 1, 1: 0}


def test_the_better_partner_is_taken_where_only_one_pair_can_be() -> None:
    worths = {(0, 0): 0.6, (0, 1): 1.0}
    assert pair_in_order(worths) == pair_best_first(worths) == {0: 1}


def test_the_orders_differ_only_in_who_gets_the_one_partner() -> None:
    worths = {(0, 0): 0.6, (1, 0): 1.0}
    assert pair_in_order(worths) == {0: 0}
    assert pair_best_first(worths) == {1: 0}


def test_nothing_to_pair() -> None:
    assert pair_in_order({}) == pair_best_first({}) == {}


@given(WORTHS)
def test_as_many_pairs_as_there_can_be_one_to_one(worths) -> None:
    for pairs in (pair_in_order(worths), pair_best_first(worths)):
        assert len(pairs) == most(worths)
        assert len(set(pairs.values())) == len(pairs)
        assert all(pair in worths for pair in pairs.items())


@given(WORTHS)
def test_the_order_of_edges_does_not_matter(worths) -> None:
    turned = dict(reversed(worths.items()))
    assert pair_in_order(turned) == pair_in_order(worths)
    assert pair_best_first(turned) == pair_best_first(worths)
