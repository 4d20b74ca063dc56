"""What somebody decides on a dispute, kept, with what follows for both documents."""

from collections.abc import Callable

from onrecord.claims import Entailment
from onrecord.claims.linking import follow_review
from onrecord.claims.reviews import Review, find_dispute, find_review, keep_review, take_back
from onrecord.errors import StoreError
from onrecord.records import Ground
from onrecord.store import Store
from onrecord.store.corrections import Signature

MakeJudge = Callable[[], Entailment | None]


def decide_on(
    store: Store,
    dispute_id: str,
    signed: Signature,
    judge: MakeJudge,
    *,
    is_dispute: bool,
    ground: Ground | None = None,
) -> Review:
    """Say of a dispute, shown or possible, what it is.

    Args:
        store: Open for writing.
        dispute_id: Its id, or the beginning of it.
        signed: Who says so, when and why.
        judge: Gives the judge with which the documents were linked; asked when it is needed.
        is_dispute: Whether both sides are in dispute.
        ground: Another one than it is shown with.

    Raises:
        InputError: There are several.
        StoreError: There is none.
    """
    found = find_dispute(store, dispute_id)
    if found is None:
        problem = f"no dispute has an id that begins with {dispute_id[:40]!r}"
        raise StoreError(path=str(store.path), problem=problem)
    with store.writing():
        review = keep_review(store, found, signed, is_dispute=is_dispute, ground=ground)
        follow_review(store, review, judge())
    return review


def take_decision_back(store: Store, review_id: str, signed: Signature, judge: MakeJudge) -> Review:
    """Take back what somebody said of a dispute.

    Args:
        store: Open for writing.
        review_id: The id of the review, or the beginning of it.
        signed: Who takes it back, and when.
        judge: As for `decide_on`.

    Raises:
        InputError: It was taken back already.
        StoreError: There is no such review, or more than one.
    """
    found = find_review(store, review_id)
    if found is None:
        problem = f"no decision on a dispute has an id that begins with {review_id[:40]!r}"
        raise StoreError(path=str(store.path), problem=problem)
    with store.writing():
        review = take_back(store, found, signed)
        follow_review(store, review, judge())
    return review
