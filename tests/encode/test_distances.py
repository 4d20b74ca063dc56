"""Distances from a cue, as numbers of buckets."""

import numpy as np

from onrecord.encode.distances import (
    N_SENTENCE_BUCKETS,
    N_WORD_BUCKETS,
    sentence_buckets,
    word_buckets,
)


def test_each_word_near_a_cue_has_a_bucket_of_its_own() -> None:
    found = word_buckets(10, 12, 21)
    assert found[10:12].tolist() == [0, 0]
    assert found[12:20].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(set(found[2:10].tolist())) == 8
    assert set(found[2:10].tolist()).isdisjoint(found[10:].tolist())


def test_buckets_grow_wider_and_end() -> None:
    behind = word_buckets(0, 1, 400)
    assert (np.diff(behind) >= 0).all()
    assert (np.diff(behind) <= 1).all()
    assert behind[121:].tolist() == [behind[-1]] * 279
    before = word_buckets(399, 400, 400)
    assert (np.diff(before[:399]) <= 0).all()
    assert before[:200].tolist() == [before[0]] * 200


def test_both_sides_mirror_each_other() -> None:
    found = word_buckets(200, 201, 401)
    offset = found[199] - found[201]
    assert (found[:200][::-1] == found[201:] + offset).all()


def test_all_buckets_are_used_and_no_others() -> None:
    found = word_buckets(200, 203, 403)
    assert set(found.tolist()) == set(range(N_WORD_BUCKETS))


def test_a_text_without_other_words() -> None:
    assert word_buckets(0, 1, 1).tolist() == [0]
    assert word_buckets(0, 0, 0).tolist() == []


def test_sentences_are_counted_from_the_cue_up_to_three() -> None:
    sentence_W = np.array([0, 0, 1, 2, 3, 4, 5, 6, 7])
    found = sentence_buckets(sentence_W, 5)
    assert found.tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 6]
    assert found.max() < N_SENTENCE_BUCKETS
    assert found[5] == 3
